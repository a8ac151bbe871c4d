"""Packs: folders of data with a description, put in, switched off and taken out as one."""
