"""What `upstander bench` measures: one module a measure, each with `measure()`, run in a process of its own."""
