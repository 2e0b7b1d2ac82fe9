"""How numbers are written, where a language as it is written here differs from its home (`FORMAT_MODULE_PATH`)."""
