"""`make locales`: the messages of templates and code to gettext catalogues, the CLDR to formats. Never shipped."""
