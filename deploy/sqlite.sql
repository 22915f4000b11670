-- The tables of WhatsSound in one SQLite file. The program applies this at start when the file's user_version is older than the one at the end;
-- applying it again changes nothing. The queries in OrleansQuery are what the ADO.NET providers of Orleans execute: their keys, parameters and
-- result columns are that contract (see README.md beside this file), the text is ours.

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Grain state: one row per (state name, grain key). The key is complete; the hashes that the contract also passes are not needed.
CREATE TABLE IF NOT EXISTS OrleansStorage
(
    ServiceId              TEXT    NOT NULL,
    GrainTypeString        TEXT    NOT NULL, -- the state's name
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    GrainIdExtensionString TEXT    NOT NULL, -- the grain's key; '' where the key is only a number or a guid
    PayloadBinary          BLOB,             -- null: cleared, and the version remembered
    ModifiedOn             TEXT    NOT NULL,
    Version                INTEGER NOT NULL, -- the ETag
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
) STRICT;

CREATE TABLE IF NOT EXISTS OrleansRemindersTable
(
    ServiceId    TEXT    NOT NULL,
    GrainId      TEXT    NOT NULL,
    ReminderName TEXT    NOT NULL,
    StartTime    TEXT    NOT NULL,
    Period       INTEGER NOT NULL, -- milliseconds
    GrainHash    INTEGER NOT NULL, -- a place on the ring of silos, as a signed 32-bit number
    Version      INTEGER NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);

-- The publications that channel rules promise to keep.
CREATE TABLE IF NOT EXISTS PublicationLog
(
    Channel       TEXT    NOT NULL,
    Epoch         TEXT    NOT NULL,
    ChannelOffset INTEGER NOT NULL,
    PublicationId TEXT    NOT NULL,
    TimeMs        INTEGER NOT NULL,
    Publisher     TEXT,
    EventName     TEXT    NOT NULL, -- '': none
    Data          BLOB    NOT NULL,
    ConflationKey TEXT,
    OnlyLast      INTEGER NOT NULL, -- 1: the next publication of the same key replaces it
    KeepUntilMs   INTEGER NOT NULL,
    PublisherKind INTEGER,          -- null: a user's, if there is a publisher
    Connection    TEXT,
    DataKind      INTEGER,          -- null: JSON; 1: text; 2: bytes
    Headers       BLOB,
    Extras        BLOB,
    Connections   BLOB,             -- of a change of presence, for who follows connections
    OwnUserId     TEXT,             -- who alone gets OwnData, JSON; null: it is for all
    OwnData       BLOB,
    PRIMARY KEY (Channel, Epoch, ChannelOffset)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS PublicationLogByKeepUntil ON PublicationLog (KeepUntilMs);
CREATE INDEX IF NOT EXISTS PublicationLogLastByKey ON PublicationLog (Channel, ConflationKey) WHERE OnlyLast = 1;

-- Where each channel's numbering stands; outlives the publications, so that a number is never given twice.
CREATE TABLE IF NOT EXISTS PublicationLogHead
(
    Channel    TEXT    NOT NULL PRIMARY KEY,
    Epoch      TEXT    NOT NULL,
    HeadOffset INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the numbering of each other channel stands: resting, or whose it is while it is active. Forgotten after days.
CREATE TABLE IF NOT EXISTS RestingChannel
(
    Channel     TEXT    NOT NULL PRIMARY KEY,
    Epoch       TEXT    NOT NULL,
    HeadOffset  INTEGER NOT NULL,
    IsResting   INTEGER NOT NULL, -- 0: an activation has it, and HeadOffset says nothing
    KeepUntilMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS RestingChannelByKeepUntil ON RestingChannel (KeepUntilMs);

-- What happened in rooms, since schema 4. The newest entry of a room is its head, and is never deleted; a room's row in OrleansStorage is a snapshot.
CREATE TABLE IF NOT EXISTS RoomJournal
(
    Room        TEXT    NOT NULL,
    EntryNumber INTEGER NOT NULL, -- from 1, without a gap
    Revision    INTEGER NOT NULL, -- of the room, after it
    AtMs        INTEGER NOT NULL,
    Author      TEXT,             -- null: the room's own doing
    Content     BLOB    NOT NULL, -- JSON: events, answers, who came and went
    PRIMARY KEY (Room, EntryNumber)
) STRICT, WITHOUT ROWID;

-- What waits to be told outside, since schema 7. A row goes when it was taken, or given up.
CREATE TABLE IF NOT EXISTS Outbox
(
    EntryNumber INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- over all lanes, with gaps; of what one channel says they ascend
    Lane        TEXT    NOT NULL, -- whom it is for
    Source      TEXT    NOT NULL, -- what it is about; once in a lane
    AtMs        INTEGER NOT NULL,
    Content     BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS OutboxBySource ON Outbox (Lane, Source);
CREATE INDEX IF NOT EXISTS OutboxByLane ON Outbox (Lane, EntryNumber);
CREATE INDEX IF NOT EXISTS OutboxByAge ON Outbox (AtMs);

-- Up to where a channel is in the outbox, since schema 7.
CREATE TABLE IF NOT EXISTS OutboxChannel
(
    Channel    TEXT    NOT NULL PRIMARY KEY,
    Epoch      TEXT    NOT NULL,
    HeadOffset INTEGER NOT NULL,
    IsOccupied INTEGER NOT NULL, -- 1: told as occupied, and not yet as vacated
    AtMs       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''''), @PayloadBinary,
    strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now''), 1
WHERE @GrainStateVersion IS NULL
ON CONFLICT DO NOTHING
RETURNING Version AS NewGrainStateVersion;
UPDATE OrleansStorage
SET PayloadBinary = @PayloadBinary, ModifiedOn = strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now''), Version = Version + 1
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion'),

('ClearStorageKey',
'UPDATE OrleansStorage
SET PayloadBinary = NULL, ModifiedOn = strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now''), Version = Version + 1
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
'DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
SELECT changes() > 0 AS IsDeleted'),

('DeleteReminderRowsKey',
'DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId')

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;

PRAGMA user_version = 7;
