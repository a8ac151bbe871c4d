"""Running a base for years: saved, brought back, looked through, moved to newer programs, copied to other machines.

Import from the modules: each brings heavy libraries, which serving need not load.
"""
