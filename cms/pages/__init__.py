"""The site: pages, blocks, the municipality's own face."""
