"""`tocsin up`: everything on this machine, each part a process of its own that ends with this one."""
