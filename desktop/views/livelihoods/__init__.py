"""The pages of livelihoods, jobs and shocks."""
