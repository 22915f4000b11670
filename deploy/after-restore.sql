-- For a database that has gone back in time: a backup was put in its place, a standby that lagged took over, a disk lost what it had said it kept. Run it once, before the first
-- process starts again, on SQLite (sqlite3) as on PostgreSQL (psql). Every channel goes on with what it has under a new epoch, so that a number that was given since has
-- another epoch than the number that is given now, and whoever was ahead is told that it is lost. Nothing is deleted but the positions of channels that rest.

BEGIN;

UPDATE PublicationLogHead
SET Epoch = SUBSTR(Epoch, 1, 10) || REPLACE(REPLACE(REPLACE(CAST(CURRENT_TIMESTAMP AS VARCHAR(19)), '-', ''), ':', ''), ' ', '');

UPDATE PublicationLog
SET Epoch = (SELECT head.Epoch FROM PublicationLogHead AS head WHERE head.Channel = PublicationLog.Channel)
WHERE EXISTS
    (SELECT 1 FROM PublicationLogHead AS head
     WHERE head.Channel = PublicationLog.Channel AND SUBSTR(head.Epoch, 1, 10) = SUBSTR(PublicationLog.Epoch, 1, 10));

DELETE FROM RestingChannel;

COMMIT;
