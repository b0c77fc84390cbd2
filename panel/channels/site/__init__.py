"""This site: what citizens write on our own pages."""
