"""How did the demonstration come about? Played through the program's own acts, at the times when people did it.

So the demonstration can never disagree with the program: what an act refuses cannot stand in it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.cli.demonstration.consolidating import Consolidating
from consult.cli.demonstration.content import demonstration
from consult.cli.demonstration.gathering import Gathering
from consult.cli.demonstration.shapes import ClauseWords, Guideline
from consult.cli.demonstration.speaking import Speaking
from consult.cli.demonstration.story import Story
from consult.cli.demonstration.story_talks import forget_letters
from consult.core.actors import Actor
from consult.core.terms import PartyRole, Track, TranslationState
from consult.db import begin_writing, commit
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation
from consult.drafts.reads import ClauseLine, consultation_row, draft_row, tree
from consult.jobs import run_one
from consult.languages.acts import translate_text
from consult.languages.models import Text
from consult.rounds import acts as rounds

PASSWORD = "consult-demonstration"  # noqa: S105 (shown to everybody on purpose)
SLUG = "testing-and-evaluation"


class Walk:
    """One play of the demonstration, from an empty database to an open round on the first revision."""

    def __init__(self, session: Session, password_hash: str) -> None:
        self.session = session
        self.told = demonstration()
        self.gathering = Gathering(session, self.told, password_hash)
        self.now = clock.now().replace(microsecond=0)

    def play(self) -> None:
        """Everything, in the order in which it happened."""
        first, second = self.told.first_round, self.told.second_round
        opened, opened_again = self.now - first.opened_ago, self.now - second.opened_ago
        with self.at(opened - timedelta(days=9)):
            self.gathering.gather()
        story = Story(self.session, self.told, self.gathering, self.now)
        self._meanwhile(story, opened - timedelta(days=7))
        consultation_id, draft_id = self._zero_draft(opened)
        clauses = self._keys(draft_id)
        speaking = Speaking(self.session, self.gathering, consultation_id)
        story.begin(consultation_id, speaking)
        speaking.play(first, opened, draft_id, clauses)
        with clock.stopped(opened + first.length):
            self._close_round()
        consolidated = opened + first.length + timedelta(days=12)
        self._meanwhile(story, consolidated)
        with self.at(consolidated):
            moderator = self.gathering.moderator()
            settled = Consolidating(self.session, moderator, self.told, consultation_id, draft_id, clauses)
            revision_id, revised = settled.play(speaking.numbers)
            self._translate(revised)
        self._meanwhile(story, opened_again - timedelta(hours=6))
        self._second_round(consultation_id, revision_id, opened_again)
        speaking.play(second, opened_again, revision_id, revised, story.until(self.now))

    def _meanwhile(self, story: Story, instant: datetime) -> None:
        """What the story tells until an instant."""
        for at, happen in story.until(instant):
            with self.at(at):
                happen()

    def _close_round(self) -> None:
        """The clock's own act: the job that notes the close runs when it is due."""
        begin_writing(self.session)
        forget_letters(self.session)
        commit(self.session)
        while run_one(self.session):
            pass

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        """One transaction, at an instant of the past."""
        with clock.stopped(instant):
            begin_writing(self.session)
            yield
            commit(self.session)

    def _zero_draft(self, opened: datetime) -> tuple[int, int]:
        guideline, length = self.told.guideline, self.told.first_round.length
        with self.at(opened - timedelta(days=7)):
            moderator = self.gathering.moderator()
            consultation = drafts.start_consultation(self.session, moderator, self._new(guideline))
            for organisation_id in self.gathering.organisation_ids():
                drafts.invite_party(self.session, moderator, consultation, organisation_id, PartyRole.INVITED)
            self._translate_titles(moderator, consultation, guideline)
            consultation_id = consultation.id
        with self.at(opened - timedelta(days=2)):
            moderator = self.gathering.moderator()
            consultation = consultation_row(self.session, consultation_id)
            draft = drafts.add_draft(self.session, moderator, consultation, self._clauses(guideline))
            draft_id = draft.id
            drafts.publish_draft(self.session, moderator, draft)
            rounds.plan_round(self.session, moderator, consultation, draft, opened, opened + length)
        with self.at(opened - timedelta(days=1)):
            keys = self._keys(draft_id)
            for language, words in guideline.translations.items():
                self._translate_clauses(self.gathering.translator(language), keys, language, words)
        return consultation_id, draft_id

    def _second_round(self, consultation_id: int, draft_id: int, opened: datetime) -> None:
        with self.at(opened - timedelta(hours=6)):
            consultation = consultation_row(self.session, consultation_id)
            draft = draft_row(self.session, draft_id)
            closes = opened + self.told.second_round.length
            rounds.plan_round(self.session, self.gathering.moderator(), consultation, draft, opened, closes)

    def _new(self, guideline: Guideline) -> drafts.NewConsultation:
        source = guideline.source
        return drafts.NewConsultation(
            title=guideline.title[source],
            summary=guideline.summary[source],
            source_language=source,
            languages=guideline.languages,
            track=Track.OPEN,
            required_groups=self.told.required_groups,
            takes_individuals=True,
            slug=SLUG,
        )

    def _clauses(self, guideline: Guideline) -> list[drafts.NewClause]:
        depths: dict[str, int] = {}
        new = []
        for clause in guideline.clauses:
            depths[clause.key] = depths[clause.parent] + 1 if clause.parent else 0
            new.append(
                drafts.NewClause(clause.kind, depths[clause.key], clause.number, clause.heading, clause.text)
            )
        return new

    def _keys(self, draft_id: int) -> dict[str, ClauseLine]:
        """The zero draft's clauses by the keys of the content, which stand in the same order."""
        lines = tree(self.session, draft_id)
        keys = ["whole", *(clause.key for clause in self.told.guideline.clauses)]
        return dict(zip(keys, lines, strict=True))

    def _translate_titles(self, actor: Actor, consultation: Consultation, guideline: Guideline) -> None:
        for text_id, told in (
            (consultation.title_text_id, guideline.title),
            (consultation.summary_text_id, guideline.summary),
        ):
            source = self.session.get_one(Text, text_id)
            for language, words in told.items():
                if language != guideline.source:
                    translate_text(self.session, actor, source, language, words, TranslationState.DRAFT)

    def _translate(self, keys: dict[str, ClauseLine]) -> None:
        for language, words in self.told.revision.translations.items():
            translator = self.gathering.translator(language)
            self._translate_clauses(translator, keys, language, words)

    def _translate_clauses(
        self,
        actor: Actor,
        keys: dict[str, ClauseLine],
        language: str,
        words: Mapping[str, ClauseWords],
    ) -> None:
        for key, said in words.items():
            line = keys[key]
            for text_id, body in ((line.heading_text_id, said.heading), (line.text_id, said.text)):
                if text_id and body:
                    source = self.session.get_one(Text, text_id)
                    translate_text(self.session, actor, source, language, body, TranslationState.DRAFT)
