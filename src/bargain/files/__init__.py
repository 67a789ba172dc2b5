"""From a file to a `Scenario` and back: YAML with positions, extends, knobs, checks, schema, templates."""
