-- The tables of WhatsSound in a PostgreSQL database (13 or later). A step of deployment, before the program starts:
--   psql --set ON_ERROR_STOP=1 --dbname whatssound --file deploy/postgresql.sql
-- Running it again changes nothing. The queries in OrleansQuery are what the ADO.NET providers of Orleans execute: their keys, parameters and
-- result columns are that contract (see README.md beside this file), the text is ours.

BEGIN;

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

-- The schema's number; the program refuses to start on another.
CREATE TABLE IF NOT EXISTS WhatsSoundSchema
(
    OnlyRow boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (OnlyRow),
    Version integer NOT NULL
);

-- Grain state: one row per (state name, grain key). The key is complete; the hashes that the contract also passes are not needed.
CREATE TABLE IF NOT EXISTS OrleansStorage
(
    ServiceId              text        NOT NULL,
    GrainTypeString        text        NOT NULL, -- the state's name
    GrainIdN0              bigint      NOT NULL,
    GrainIdN1              bigint      NOT NULL,
    GrainIdExtensionString text        NOT NULL, -- the grain's key; '' where the key is only a number or a guid
    PayloadBinary          bytea,                -- null: cleared, and the version remembered
    ModifiedOn             timestamptz NOT NULL,
    Version                integer     NOT NULL, -- the ETag
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
);

CREATE TABLE IF NOT EXISTS OrleansRemindersTable
(
    ServiceId    text        NOT NULL,
    GrainId      text        NOT NULL,
    ReminderName text        NOT NULL,
    StartTime    timestamptz NOT NULL,
    Period       bigint      NOT NULL, -- milliseconds
    GrainHash    integer     NOT NULL, -- a place on the ring of silos, as a signed 32-bit number
    Version      integer     NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

CREATE INDEX IF NOT EXISTS OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);

-- One row per cluster: every change of its members passes through this version, which makes the changes one after another.
CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable
(
    DeploymentId text        NOT NULL PRIMARY KEY,
    ChangedOn    timestamptz NOT NULL,
    Version      integer     NOT NULL
);

CREATE TABLE IF NOT EXISTS OrleansMembershipTable
(
    DeploymentId text        NOT NULL REFERENCES OrleansMembershipVersionTable (DeploymentId),
    Address      text        NOT NULL,
    Port         integer     NOT NULL,
    Generation   integer     NOT NULL,
    SiloName     text        NOT NULL,
    HostName     text        NOT NULL,
    Status       integer     NOT NULL, -- 3 is active, 6 is dead
    ProxyPort    integer,              -- where clients connect; null or 0: they cannot
    SuspectTimes text,
    StartTime    timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

-- The publications that channel rules promise to keep.
CREATE TABLE IF NOT EXISTS PublicationLog
(
    Channel       text    NOT NULL,
    Epoch         text    NOT NULL,
    ChannelOffset bigint  NOT NULL,
    PublicationId text    NOT NULL,
    TimeMs        bigint  NOT NULL,
    Publisher     text,
    EventName     text    NOT NULL, -- '': none
    Data          bytea   NOT NULL,
    ConflationKey text,
    OnlyLast      integer NOT NULL, -- 1: the next publication of the same key replaces it
    KeepUntilMs   bigint  NOT NULL,
    PublisherKind bigint,           -- null: a user's, if there is a publisher
    Connection    text,
    DataKind      bigint,           -- null: JSON; 1: text; 2: bytes
    Headers       bytea,
    Extras        bytea,
    Connections   bytea,            -- of a change of presence, for who follows connections
    OwnUserId     text,             -- who alone gets OwnData, JSON; null: it is for all
    OwnData       bytea,
    PRIMARY KEY (Channel, Epoch, ChannelOffset)
);

-- Since schema 3.
ALTER TABLE PublicationLog
    ADD COLUMN IF NOT EXISTS PublisherKind bigint,
    ADD COLUMN IF NOT EXISTS Connection text,
    ADD COLUMN IF NOT EXISTS DataKind bigint,
    ADD COLUMN IF NOT EXISTS Headers bytea,
    ADD COLUMN IF NOT EXISTS Extras bytea;

-- Since schema 5.
ALTER TABLE PublicationLog
    ADD COLUMN IF NOT EXISTS Connections bytea;

-- Since schema 6.
ALTER TABLE PublicationLog
    ADD COLUMN IF NOT EXISTS OwnUserId text,
    ADD COLUMN IF NOT EXISTS OwnData bytea;

CREATE INDEX IF NOT EXISTS PublicationLogByKeepUntil ON PublicationLog (KeepUntilMs);
CREATE INDEX IF NOT EXISTS PublicationLogLastByKey ON PublicationLog (Channel, ConflationKey) WHERE OnlyLast = 1;

-- Where each channel's numbering stands; outlives the publications, so that a number is never given twice.
CREATE TABLE IF NOT EXISTS PublicationLogHead
(
    Channel    text   NOT NULL PRIMARY KEY,
    Epoch      text   NOT NULL,
    HeadOffset bigint NOT NULL
);

-- Where the numbering of each other channel stands: resting, or whose it is while it is active. Forgotten after days.
CREATE TABLE IF NOT EXISTS RestingChannel
(
    Channel     text    NOT NULL PRIMARY KEY,
    Epoch       text    NOT NULL,
    HeadOffset  bigint  NOT NULL,
    IsResting   integer NOT NULL, -- 0: an activation has it, and HeadOffset says nothing
    KeepUntilMs bigint  NOT NULL
);

CREATE INDEX IF NOT EXISTS RestingChannelByKeepUntil ON RestingChannel (KeepUntilMs);

-- What happened in rooms, since schema 4. The newest entry of a room is its head, and is never deleted; a room's row in OrleansStorage is a snapshot.
CREATE TABLE IF NOT EXISTS RoomJournal
(
    Room        text   NOT NULL,
    EntryNumber bigint NOT NULL, -- from 1, without a gap
    Revision    bigint NOT NULL, -- of the room, after it
    AtMs        bigint NOT NULL,
    Author      text,            -- null: the room's own doing
    Content     bytea  NOT NULL, -- JSON: events, answers, who came and went
    PRIMARY KEY (Room, EntryNumber)
);

-- What waits to be told outside, since schema 7. A row goes when it was taken, or given up.
CREATE TABLE IF NOT EXISTS Outbox
(
    EntryNumber bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- over all lanes, with gaps; of what one channel says they ascend
    Lane        text   NOT NULL, -- whom it is for
    Source      text   NOT NULL, -- what it is about; once in a lane
    AtMs        bigint NOT NULL,
    Content     bytea  NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS OutboxBySource ON Outbox (Lane, Source);
CREATE INDEX IF NOT EXISTS OutboxByLane ON Outbox (Lane, EntryNumber);
CREATE INDEX IF NOT EXISTS OutboxByAge ON Outbox (AtMs);

-- Up to where a channel is in the outbox, since schema 7.
CREATE TABLE IF NOT EXISTS OutboxChannel
(
    Channel    text    NOT NULL PRIMARY KEY,
    Epoch      text    NOT NULL,
    HeadOffset bigint  NOT NULL,
    IsOccupied bigint  NOT NULL, -- 1: told as occupied, and not yet as vacated
    AtMs       bigint  NOT NULL
);

CREATE INDEX IF NOT EXISTS OutboxChannelOccupied ON OutboxChannel (Channel) WHERE IsOccupied = 1;
CREATE INDEX IF NOT EXISTS OutboxChannelByAge ON OutboxChannel (AtMs) WHERE IsOccupied = 0;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey',
'SELECT PayloadBinary, Version
FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')'),

-- A first write has no version, and loses to a row that is already there. Neither statement answers a row when the version does not match:
-- that is how the provider learns of a conflict.
('WriteToStorageKey',
'INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, ModifiedOn, Version)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''''), @PayloadBinary, now(), 1
WHERE @GrainStateVersion IS NULL
ON CONFLICT DO NOTHING
RETURNING Version AS NewGrainStateVersion;
UPDATE OrleansStorage
SET PayloadBinary = @PayloadBinary, ModifiedOn = now(), Version = Version + 1
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion'),

('ClearStorageKey',
'UPDATE OrleansStorage
SET PayloadBinary = NULL, ModifiedOn = now(), Version = Version + 1
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion'),

-- The version answered is the one after the deleted one, so that it differs from the caller's.
('DeleteStorageKey',
'DELETE FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version + 1 AS NewGrainStateVersion'),

('UpsertReminderRowKey',
'INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 1)
ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE
SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = OrleansRemindersTable.Version + 1
RETURNING Version'),

('ReadReminderRowsKey',
'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId'),

('ReadReminderRowKey',
'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName'),

-- A silo's part of the ring, without its beginning and with its end.
('ReadRangeRows1Key',
'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash'),

-- The same where the part goes over the ring's end; also the whole ring.
('ReadRangeRows2Key',
'SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)'),

('DeleteReminderRowKey',
'WITH deleted AS (
    DELETE FROM OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
    RETURNING 1)
SELECT EXISTS (SELECT FROM deleted) AS IsDeleted'),

('DeleteReminderRowsKey',
'DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId'),

('GatewaysQueryKey',
'SELECT Address, ProxyPort, Generation
FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0'),

-- Also for a cluster without members, one row is answered: it has the version.
('MembershipReadAllKey',
'SELECT m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId'),

('MembershipReadRowKey',
'SELECT m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m
    ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId'),

('InsertMembershipVersionKey',
'WITH inserted AS (
    INSERT INTO OrleansMembershipVersionTable (DeploymentId, ChangedOn, Version)
    VALUES (@DeploymentId, now(), 0)
    ON CONFLICT DO NOTHING
    RETURNING 1)
SELECT EXISTS (SELECT FROM inserted) AS IsInserted'),

-- The update of the version row takes its lock first, so that of two silos that read the same version one is refused.
('InsertMembershipKey',
'WITH turn AS (
    UPDATE OrleansMembershipVersionTable
    SET Version = Version + 1, ChangedOn = now()
    WHERE DeploymentId = @DeploymentId AND Version = @Version
      AND NOT EXISTS (
        SELECT FROM OrleansMembershipTable m
        WHERE m.DeploymentId = @DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation)
    RETURNING DeploymentId),
inserted AS (
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT turn.DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turn
    RETURNING 1)
SELECT EXISTS (SELECT FROM inserted) AS IsInserted'),

('UpdateMembershipKey',
'WITH turn AS (
    UPDATE OrleansMembershipVersionTable
    SET Version = Version + 1, ChangedOn = now()
    WHERE DeploymentId = @DeploymentId AND Version = @Version
      AND EXISTS (
        SELECT FROM OrleansMembershipTable m
        WHERE m.DeploymentId = @DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation)
    RETURNING DeploymentId),
updated AS (
    UPDATE OrleansMembershipTable m
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    FROM turn
    WHERE m.DeploymentId = turn.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    RETURNING 1)
SELECT EXISTS (SELECT FROM updated) AS IsUpdated'),

('UpdateIAmAlivetimeKey',
'UPDATE OrleansMembershipTable
SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation'),

('DeleteMembershipTableEntriesKey',
'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId'),

('CleanupDefunctSiloEntriesKey',
'DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = 6 AND IAmAliveTime < @IAmAliveTime')

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;

INSERT INTO WhatsSoundSchema (Version) VALUES (7)
ON CONFLICT (OnlyRow) DO UPDATE SET Version = excluded.Version;

COMMIT;
