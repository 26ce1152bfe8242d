-- Runs once, when the volume is new: one database and one role for each service. A role owns its own
-- database, may connect to no other one, and is neither superuser nor exempt from row security.
-- psql of the image runs it; the passwords come from the environment of the container.

\getenv password GATEWAY_DATABASE_PASSWORD
CREATE ROLE dure_gateway LOGIN PASSWORD :'password';
CREATE DATABASE dure_gateway OWNER dure_gateway;
REVOKE ALL ON DATABASE dure_gateway FROM PUBLIC;

\getenv password WORKFLOW_DATABASE_PASSWORD
CREATE ROLE dure_workflow LOGIN PASSWORD :'password';
CREATE DATABASE dure_workflow OWNER dure_workflow;
REVOKE ALL ON DATABASE dure_workflow FROM PUBLIC;

\getenv password AGENT_DATABASE_PASSWORD
CREATE ROLE dure_agent LOGIN PASSWORD :'password';
CREATE DATABASE dure_agent OWNER dure_agent;
REVOKE ALL ON DATABASE dure_agent FROM PUBLIC;

\getenv password KNOWLEDGE_DATABASE_PASSWORD
CREATE ROLE dure_knowledge LOGIN PASSWORD :'password';
CREATE DATABASE dure_knowledge OWNER dure_knowledge;
REVOKE ALL ON DATABASE dure_knowledge FROM PUBLIC;

\getenv password ANALYTICS_DATABASE_PASSWORD
CREATE ROLE dure_analytics LOGIN PASSWORD :'password';
CREATE DATABASE dure_analytics OWNER dure_analytics;
REVOKE ALL ON DATABASE dure_analytics FROM PUBLIC;
