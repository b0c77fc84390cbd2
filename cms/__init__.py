"""Words and pictures, in Wagtail. May look at panel; panel never looks here."""
