"""Which tables are there? Every room's models, imported here so that migrations and checks see them all."""

from consult import jobs
from consult.comments import models as comments
from consult.comments import models_joint as joint
from consult.consolidation import models as consolidation
from consult.db import Base
from consult.delegations import models as delegations
from consult.documents import models as documents
from consult.drafts import models as drafts
from consult.languages import models as languages
from consult.notices import models as notices
from consult.organisations import models as organisations
from consult.people import models as people
from consult.people import models_access as access
from consult.privacy import models as privacy
from consult.record import models as record
from consult.rounds import models as rounds

ROOMS = (
    *(record, people, access, organisations, languages, drafts, rounds, comments, joint, consolidation),
    *(delegations, documents, notices, privacy, jobs),
)
ALL = tuple(Base.metadata.sorted_tables)
IMMUTABLE = tuple(
    sorted(mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.immutable)
)
