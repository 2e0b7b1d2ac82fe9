"""What a district says on the public pages: words for passages that ship, its campaigns, pages wholly its own; and the
editions of what is printed from them."""

from upstander.program.library.models.campaigns import MOST_PEOPLE as MOST_PEOPLE
from upstander.program.library.models.campaigns import Campaign as Campaign
from upstander.program.library.models.campaigns import CampaignCount as CampaignCount
from upstander.program.library.models.campaigns import CampaignStep as CampaignStep
from upstander.program.library.models.pages import OwnPage as OwnPage
from upstander.program.library.models.pages import OwnShelf as OwnShelf
from upstander.program.library.models.passages import LONGEST as LONGEST
from upstander.program.library.models.passages import LocalPassage as LocalPassage
from upstander.program.library.models.passages import PassageKept as PassageKept
from upstander.program.library.models.passages import PassageStep as PassageStep
from upstander.program.library.models.pictures import Picture as Picture
from upstander.program.library.models.pictures import PictureRendition as PictureRendition
from upstander.program.library.models.prints import PrintEdition as PrintEdition
from upstander.program.library.models.reviews import PageArrival as PageArrival
from upstander.program.library.models.reviews import PageReview as PageReview
from upstander.program.library.models.reviews import PageReviewEnd as PageReviewEnd
from upstander.program.library.models.reviews import ReviewTask as ReviewTask
from upstander.program.library.models.shelved import StoredPicture as StoredPicture
from upstander.program.library.models.shelves import Seat as Seat
from upstander.program.library.models.shelves import Shelf as Shelf
