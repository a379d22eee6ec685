"""What bench/page.py measures with: invented graphs, other makers' pages, a browser and a process of its own."""
