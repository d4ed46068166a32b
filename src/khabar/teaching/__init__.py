"""The exercises of the notebooks: what is right on the sample, and what a learner is told."""
