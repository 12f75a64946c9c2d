-- A store's file of version 8, written by the last build that wrote that version: the SMS of version1.sql.
BEGIN TRANSACTION;
COMMIT;
PRAGMA application_id = 1196641651;
PRAGMA user_version = 8;
