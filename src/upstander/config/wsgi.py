"""The WSGI application, named as a string wherever it is needed, and whole before the first visitor comes.

Views and words are read here once, and not by the first visitor of each process. What is there by then never goes: the
garbage collector need not look at all of it again whenever a page or a long file has made many things.
"""

import gc
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.translation.trans_real import translation

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
application = import_module("upstander.web.shared.kept").KeptFirst(application)
for code, _name in settings.LANGUAGES:
    translation(code)
gc.collect()
gc.freeze()
