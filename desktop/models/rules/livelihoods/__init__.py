"""The rules of livelihoods and jobs (indicators.md sections 3 and 6.5): pure, facts in, figures and problems out."""
