"""Running a base for years: copies that are verified, replicas, moving to newer layouts, and what is wrong with one."""
