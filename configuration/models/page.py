"""How the page is called and where it lives."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from configuration.models.badges import Badges
from configuration.models.brand import Brand
from configuration.models.fields import Line, Slug, Text
from configuration.models.model import Model, all_wrong, wrong
from configuration.nearest import nearest
from configuration.problem import Finding
from configuration.wording import found, listed, quoted
from functions.render.locales import languages

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "site_templates"

LANGUAGES: Final = languages(TEMPLATES / "locales")
"""The languages that a page can have: a folder there is one."""


def _language(language: str) -> str:
    if language in LANGUAGES:
        return language
    raise wrong(
        f"found {found(language)}; allowed: {listed(list(LANGUAGES))}",
        nearest(language, LANGUAGES),
    )


Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "enum": list(LANGUAGES)})]

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_ZONE = re.compile(r"Z[A-Z0-9]{5,31}")
_CERTIFICATE = re.compile(r"arn:aws[a-z-]*:acm:(?P<region>[a-z0-9-]+):\d{12}:certificate/[A-Za-z0-9-]+")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_time_zone(name: str) -> str:
    """Return the name of a time zone that there is; raises what Pydantic reports."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError; a folder is an OSError
        last = {zone.rpartition("/")[2]: zone for zone in _zones()}
        meant = nearest(name, _zones()) or last.get(nearest(name, last) or "")
        raise wrong(
            f"{quoted(name)} is no time zone; allowed: `UTC` or a name such as `Europe/Berlin`", meant
        ) from error
    return name


def _host(name: str) -> str:
    if _HOST.fullmatch(name):
        return name
    meant = re.sub(r"^https?://", "", name.strip().casefold()).partition("/")[0].rstrip(".")
    raise wrong(
        f"{quoted(name)} is no domain name; allowed: a name such as `status.acme.example`, in lower case",
        meant if meant != name and _HOST.fullmatch(meant) else None,
    )


def _certificate(arn: str) -> str:
    match = _CERTIFICATE.fullmatch(arn)
    if match is None:
        raise wrong(f"{quoted(arn)} is no ACM certificate; allowed: `arn:aws:acm:us-east-1:ACCOUNT:certificate/ID`")
    if match["region"] != "us-east-1":
        raise wrong(f"the certificate is in {match['region']}; CloudFront only takes those in us-east-1")
    return arn


def _zone(zone: str) -> str:
    if _ZONE.fullmatch(zone):
        return zone
    raise wrong(
        f"{quoted(zone)} is no id of a hosted zone; allowed: the id that Route 53 shows, such as `Z0123456789ABC`,"
        " since a zone's name can only be looked up with an account at hand"
    )


class Domain(Model):
    """A host name of your own."""

    name: Annotated[str, AfterValidator(_host)] = Field(description="The page's host name: `status.acme.example`.")
    certificate_arn: Annotated[str, AfterValidator(_certificate)] | None = Field(
        default=None, description="An ACM certificate for it, in us-east-1. Default: one is made, if there is a zone."
    )
    hosted_zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        default=None,
        description="The id of the Route 53 zone that holds the name. Without it, the CNAME to set is printed.",
    )

    @model_validator(mode="after")
    def there_is_a_way_to_a_certificate(self) -> Self:
        """Refuse a name for which no certificate is given and none can be made."""
        if self.certificate_arn is None and self.hosted_zone is None:
            message = "no certificate; add `certificate_arn`, or `hosted_zone` to have one made"
            raise all_wrong([Finding(location=(), message=message)], self.name)
        return self


class Page(Model):
    """The page that the public sees."""

    id: Slug = Field(description="The page's id: part of the addresses of its JSON and badges.")
    title: Line = Field(description="What stands at the top of the page.")
    language: Language | None = Field(default=None, description="The language of the page. Default `en`.")
    description: Text | None = Field(default=None, description="A few words under the title.")
    time_zone: Annotated[str, AfterValidator(known_time_zone)] | None = Field(
        default=None, description="The IANA time zone in which times are shown. Default `UTC`."
    )
    domain: Domain | None = Field(default=None, description="A host name of your own. Default: CloudFront's.")
    monitors: list[str] | None = Field(
        default=None,
        min_length=1,
        description="The ids of the monitors that the page shows, beside those of its `groups`. Default: all.",
    )
    groups: list[str] | None = Field(
        default=None,
        min_length=1,
        description="The groups of which the page shows every monitor, beside its `monitors`. Default: all.",
    )
    badges: Badges | None = Field(default=None, description="How the badges look, and what stands on them.")
    brand: Brand | None = Field(default=None, description="How the page is made to look like yours.")
    private: bool | None = Field(
        default=None,
        description="Ask for a name and a password (`pulseboard access`); nothing is served without. Default false.",
    )

    def shows(self, monitor: str, group: str | None) -> bool:
        """Tell whether the page shows a monitor of that id and group."""
        if self.monitors is None and self.groups is None:
            return True
        return monitor in (self.monitors or ()) or (group is not None and group in (self.groups or ()))
