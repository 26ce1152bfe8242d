-- Of the kind `alias`: which name was led to the version. Null: what is taken without a name.
ALTER TABLE agent_publication ADD COLUMN alias text;
