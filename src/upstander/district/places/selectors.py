"""Reading places."""

from upstander.district.places.models import District, Host


def district_for_host(hostname: str) -> District | None:
    """The district this host name leads to, or None. Asked before anyone is known, so it takes no actor."""
    host = Host.objects.select_related("district").filter(hostname=hostname.lower()).first()
    return host.district if host else None


def all_hosts() -> list[tuple[str, str]]:
    """Host name and district name of every district here, for the neutral chooser. Takes no actor: it is public."""
    return list(Host.objects.order_by("district__name", "hostname").values_list("hostname", "district__name"))
