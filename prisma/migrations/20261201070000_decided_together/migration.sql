-- Whether a verdict was given to several labels at one stroke. Of what was decided before nobody knows: it counts as looked at.
alter table "Verification" add column "together" boolean not null default false;
