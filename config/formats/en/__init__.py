"""English, as Django looks for it: a module named formats in a folder of the language."""
