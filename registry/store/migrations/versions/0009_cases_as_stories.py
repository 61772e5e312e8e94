"""cases as stories: states, terms, entries, asks for originals, weights that staff chose"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table('rule_weight',
    sa.Column('rule', sa.Text(collation='C'), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('changed_by', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND 100', name=op.f('ck_rule_weight_points')),
    sa.PrimaryKeyConstraint('rule', name=op.f('pk_rule_weight'))
    )
    op.create_table('ask',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('key', sa.Text(collation='C'), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('enterprise', sa.Text(collation='C'), nullable=False),
    sa.Column('element', sa.Enum('use_by_another', 'use_beyond', 'no_authority', 'payment_or_contract', 'outside_cause', name='ask_element', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'received', 'refused', 'accepted', 'dropped', name='ask_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('papers', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('hashes', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('stance', sa.Enum('for', 'against', name='ask_stance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (stance IS NOT NULL)", name=op.f('ck_ask_stance')),
    sa.CheckConstraint("what <> ''", name=op.f('ck_ask_what')),
    sa.ForeignKeyConstraint(['case_id'], ['detection_case.id'], name=op.f('fk_ask_case_id')),
    sa.ForeignKeyConstraint(['enterprise'], ['enterprise.code'], name=op.f('fk_ask_enterprise')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ask')),
    sa.UniqueConstraint('key', name=op.f('uq_ask_key'))
    )
    op.create_index(op.f('ix_ask_case_id'), 'ask', ['case_id'], unique=False)
    op.create_index('ix_ask_due', 'ask', ['state', 'due_at'], unique=False)
    op.create_index(op.f('ix_ask_enterprise'), 'ask', ['enterprise'], unique=False)
    op.create_table('case_entry',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('element', sa.Enum('use_by_another', 'use_beyond', 'no_authority', 'payment_or_contract', 'outside_cause', name='entry_element', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stance', sa.Enum('for', 'against', name='entry_stance', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.CheckConstraint("text <> ''", name=op.f('ck_case_entry_text')),
    sa.ForeignKeyConstraint(['case_id'], ['detection_case.id'], name=op.f('fk_case_entry_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_entry'))
    )
    op.create_index(op.f('ix_case_entry_case_id'), 'case_entry', ['case_id'], unique=False)
    op.create_table('case_step',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['detection_case.id'], name=op.f('fk_case_step_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_step'))
    )
    op.create_index(op.f('ix_case_step_case_id'), 'case_step', ['case_id'], unique=False)
    op.create_table('ask_step',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ask_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['ask_id'], ['ask.id'], name=op.f('fk_ask_step_ask_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ask_step'))
    )
    op.create_index(op.f('ix_ask_step_ask_id'), 'ask_step', ['ask_id'], unique=False)
    op.add_column('detection_case', sa.Column('state', sa.Enum('open', 'in_work', 'judged', 'closed', 'merged', 'withdrawn', name='case_state', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='open'))
    op.add_column('detection_case', sa.Column('terms', postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default='[]'))
    op.add_column('detection_case', sa.Column('verdict', sa.Enum('sublet_proven', 'undeclared_use_only', 'paper_missing', 'account_stolen', 'rerouted', 'forged_sender', 'registry_error', 'gateway_error', 'insufficient', name='case_verdict', native_enum=False, create_constraint=True, length=40), nullable=True))
    op.add_column('detection_case', sa.Column('worked_by', sa.Text(), nullable=False, server_default=''))
    op.add_column('detection_case', sa.Column('follows', sa.Text(), nullable=False, server_default=''))
    op.add_column('detection_case', sa.Column('merged_into', sa.Text(), nullable=False, server_default=''))
    op.add_column('detection_case', sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.text('now()')))
    op.add_column('detection_case', sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
    op.create_index('ix_detection_case_queue', 'detection_case', ['state', 'key'], unique=False)
    op.create_index('ix_detection_case_score', 'detection_case', ['score', 'key'], unique=False)
    op.add_column('finding', sa.Column('held', sa.Boolean(), nullable=False, server_default='false'))
    op.alter_column('detection_case', 'state', server_default=None)
    op.alter_column('detection_case', 'terms', server_default=None)
    op.alter_column('detection_case', 'worked_by', server_default=None)
    op.alter_column('detection_case', 'follows', server_default=None)
    op.alter_column('detection_case', 'merged_into', server_default=None)
    op.alter_column('detection_case', 'opened_at', server_default=None)
    op.alter_column('detection_case', 'version', server_default=None)
    op.alter_column('finding', 'held', server_default=None)


def downgrade() -> None:
    op.drop_column('finding', 'held')
    op.drop_index('ix_detection_case_score', table_name='detection_case')
    op.drop_index('ix_detection_case_queue', table_name='detection_case')
    op.drop_column('detection_case', 'version')
    op.drop_column('detection_case', 'opened_at')
    op.drop_column('detection_case', 'merged_into')
    op.drop_column('detection_case', 'follows')
    op.drop_column('detection_case', 'worked_by')
    op.drop_column('detection_case', 'verdict')
    op.drop_column('detection_case', 'terms')
    op.drop_column('detection_case', 'state')
    op.drop_index(op.f('ix_ask_step_ask_id'), table_name='ask_step')
    op.drop_table('ask_step')
    op.drop_index(op.f('ix_case_step_case_id'), table_name='case_step')
    op.drop_table('case_step')
    op.drop_index(op.f('ix_case_entry_case_id'), table_name='case_entry')
    op.drop_table('case_entry')
    op.drop_index(op.f('ix_ask_enterprise'), table_name='ask')
    op.drop_index('ix_ask_due', table_name='ask')
    op.drop_index(op.f('ix_ask_case_id'), table_name='ask')
    op.drop_table('ask')
    op.drop_table('rule_weight')
