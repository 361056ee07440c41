"""Who may say what an organisation is called, and hand in its mandate?"""

from consult.core.terms import OrganisationState

SPOKEN_FOR = frozenset({OrganisationState.LISTED})


def may_describe(state: OrganisationState, *, heads: bool, proposed_it: bool, administers: bool) -> bool:
    """Its heads while it is listed, whoever proposed it while that is not decided, and administrators until it ended."""
    if state is OrganisationState.PROPOSED:
        return proposed_it or administers
    if state in SPOKEN_FOR:
        return heads or administers
    return administers and state is OrganisationState.DISABLED
