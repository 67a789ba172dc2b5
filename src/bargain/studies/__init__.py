"""Studies: many solves over knobs."""
