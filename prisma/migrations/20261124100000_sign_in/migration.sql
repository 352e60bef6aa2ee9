alter table "AuthSession" add column "method" text not null default 'password';

create table "SignInThrottle" (
    "key" text not null,
    "tries" integer not null,
    "endsAt" timestamptz(3) not null,

    constraint "SignInThrottle_pkey" primary key ("key")
);

create index "SignInThrottle_endsAt_idx" on "SignInThrottle"("endsAt");

create table "SignInAddress" (
    "userId" uuid not null,
    "addressHash" text not null,
    "lastAt" timestamptz(3) not null default current_timestamp,

    constraint "SignInAddress_pkey" primary key ("userId", "addressHash")
);

alter table "SignInAddress" add constraint "SignInAddress_userId_fkey"
    foreign key ("userId") references "User"("id") on delete restrict on update cascade;
