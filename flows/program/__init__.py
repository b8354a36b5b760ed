"""The rules of the certification program, as plain functions over two dated data files."""
