"""Which tables are there? Every room's models, imported here so that migrations and checks see them all."""

from consult import jobs
from consult.comments import models as comments
from consult.consolidation import models as consolidation
from consult.db import Base
from consult.documents import models as documents
from consult.drafts import models as drafts
from consult.languages import models as languages
from consult.people import models as people
from consult.record import models as record
from consult.rounds import models as rounds

ROOMS = (record, people, languages, drafts, rounds, comments, consolidation, documents, jobs)
ALL = tuple(Base.metadata.sorted_tables)
IMMUTABLE = tuple(
    sorted(mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.immutable)
)
