// Made by `npm run openapi` of docs/openapi/openapi.json: change nothing here.
export interface paths {
    "/hooks/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver to a webhook trigger: JSON or text, at most 1 MiB
         * @description A delivery that is sent again is answered with the same run. Signed as the trigger demands it. Needs no key.
         */
        post: operations["receiveHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a workflow as clients of OpenAI ask a model
         * @description Starts a run and answers with what it says: what its `answer` nodes say, else its output. With `stream`, the answer comes as server-sent events, piece by piece while a model writes it, then `[DONE]`. The input of the run is `{ input, messages, settings }`, with the fields of `metadata` and `extra`. A run that nobody waits for any more is cancelled, unless it has an `Idempotency-Key`. Needs the scope `runs:write`.
         */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn texts into vectors, as clients of OpenAI ask for them
         * @description Needs the scope `models:use`.
         */
        post: operations["createEmbeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what can be asked: published workflows and their aliases, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listOpenAiModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a model: a published workflow, or an alias of one
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getOpenAiModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a workflow by the Responses API of OpenAI
         * @description Starts a run, as `createChatCompletion` does, and answers with what it says. A run that takes longer than the request may wait goes on, and so does one with `background`: get the response by its id. With `stream`, the answer comes as typed events. Needs the scope `runs:write`.
         */
        post: operations["createResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/responses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a response: how far its run is, and what it has said when it has ended
         * @description Needs the scope `runs:read`.
         */
        get: operations["getResponse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openai/v1/responses/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the run of a response; one that has ended stays as it is
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of the project, newest first
         * @description Needs the scope `api-keys:read`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key for this project
         * @description The answer is the only place where the key is ever shown. A key can do no more than the key that makes it: no scope that it lacks, no longer life, no other addresses. Needs the scope `api-keys:write`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API key: what it may do, and when it was last used
         * @description Needs the scope `api-keys:read`.
         */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /**
         * The same as to revoke an API key: nothing is lost
         * @description Needs the scope `api-keys:write`.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKeyId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke an API key: it is refused from now on, and stays in the list
         * @description Needs the scope `api-keys:write`.
         */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKeyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an API key by a new one; for a while both are valid
         * @description Needs the scope `api-keys:write`.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the approvals that wait, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an approval that waits
         * @description Needs the scope `runs:read`.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{approvalId}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject; answers with the run as it is afterwards
         * @description Needs the scope `runs:write`.
         */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was changed in the project, and by whom
         * @description Newest first. A change has an entry before it is made (`asked`), and one when it has been answered. Needs the scope `audit-logs:read`.
         */
        get: operations["listAuditLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-logs/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The end of the log of the organization, signed
         * @description Whoever keeps it can show later that no entry before it was changed or removed. Needs the scope `audit-logs:read`.
         */
        get: operations["getAuditLogHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Add up what models cost by day, workflow or model
         * @description Days are days in UTC. A range has 366 days at the most. Needs the scope `analytics:read`.
         */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the event triggers of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listEventTriggers"];
        put?: never;
        /**
         * Create a event trigger
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createEventTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-triggers/{triggerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a event trigger
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getEventTrigger"];
        /**
         * Replace a event trigger; whether it is enabled stays as it is
         * @description Needs the scope `workflows:write`.
         */
        put: operations["updateEventTrigger"];
        post?: never;
        /**
         * Delete a event trigger and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteEventTrigger"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-triggers/{triggerId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a event trigger from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableEventTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-triggers/{triggerId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a event trigger start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableEventTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-triggers/{triggerId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the last occasions of a event trigger, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listEventTriggerHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List knowledge bases, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listKnowledgeBases"];
        put?: never;
        /**
         * Create a knowledge base
         * @description Needs the scope `knowledge:write`.
         */
        post: operations["createKnowledgeBase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases/{knowledgeBaseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a knowledge base
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getKnowledgeBase"];
        put?: never;
        post?: never;
        /**
         * Delete a knowledge base with all its documents
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteKnowledgeBase"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/analyze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the terms that a text is found by
         * @description Needs the scope `knowledge:read`.
         */
        post: operations["analyzeText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the documents of a knowledge base, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Add a document, or a new version of the one with this name
         * @description The answer comes before the text can be found: ask for the document until it is `ready`. Until then, searches find the version before it. The same content again changes nothing. Needs the scope `knowledge:write`.
         */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of a document
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        /**
         * Delete a document; no search finds it any more
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the passages that answer a question
         * @description Best first. A passage is found when it shares a word with the question, in its text or its headings; when no word of the question is known at all, when it shares half of the pairs of Korean syllables. An empty answer means that nothing does. Needs the scope `knowledge:read`.
         */
        post: operations["searchKnowledgeBase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models that are configured, with their prices
         * @description Needs the scope `runs:read`.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue of node types, with the schema of their configuration
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listNodeTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/node-types/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One node type
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getNodeType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/node-types/{type}/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of the configuration of one node type, and nothing else
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getNodeTypeSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a run, and how far each of its nodes has come
         * @description Needs the scope `runs:read`.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a run; who executes a node of it is told to stop
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a run has committed, oldest first: places to fork it from
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events of a run: all that happened, then all that happens
         * @deprecated
         * @description Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `node.delta` events without an `id`: pieces of the text that a node is about to give, of which some may be lost. Needs the scope `runs:read`. Deprecated. It goes on Mon, 31 Jan 2028 00:00:00 GMT. Use `/v2/runs/{runId}/events` instead.
         */
        get: operations["followRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the nodes of a run in the order in which it reached them
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a run start nothing new; what is under way ends
         * @description Needs the scope `runs:write`.
         */
        post: operations["pauseRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a paused run go on
         * @description Needs the scope `runs:write`.
         */
        post: operations["resumeRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Execute again what failed in a run, and what depends on it; results are kept
         * @description Needs the scope `runs:write`.
         */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the schedules of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listSchedules"];
        put?: never;
        /**
         * Create a schedule
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{triggerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a schedule
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getSchedule"];
        /**
         * Replace a schedule; whether it is enabled stays as it is
         * @description Needs the scope `workflows:write`.
         */
        put: operations["updateSchedule"];
        post?: never;
        /**
         * Delete a schedule and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{triggerId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a schedule from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{triggerId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a schedule start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{triggerId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the last occasions of a schedule, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listScheduleHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the secrets of the project, newest first, without their values
         * @description Needs the scope `secrets:read`.
         */
        get: operations["listSecrets"];
        put?: never;
        /**
         * Keep a secret for `http` nodes to authenticate with
         * @description It is encrypted, shown to nobody, and sent to the hosts that it names alone. Needs the scope `secrets:write`.
         */
        post: operations["createSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/secrets/{secretId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what is known of a secret, without its value
         * @description Needs the scope `secrets:read`.
         */
        get: operations["getSecret"];
        /**
         * Give a secret a new value, and other hosts if the request names some
         * @description Hosts cannot be changed without the value: who does not know it cannot send it elsewhere. Needs the scope `secrets:write`.
         */
        put: operations["replaceSecret"];
        post?: never;
        /**
         * Delete a secret: nodes that name it fail from now on
         * @description Needs the scope `secrets:write`.
         */
        delete: operations["deleteSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count runs, model calls and tokens by day, workflow or model
         * @description Days are days in UTC. A range has 366 days at the most. Needs the scope `analytics:read`.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhook triggers of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWebhookTriggers"];
        put?: never;
        /**
         * Create a webhook trigger
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWebhookTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-triggers/{triggerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook trigger
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWebhookTrigger"];
        /**
         * Replace a webhook trigger; whether it is enabled stays as it is
         * @description Needs the scope `workflows:write`.
         */
        put: operations["updateWebhookTrigger"];
        post?: never;
        /**
         * Delete a webhook trigger and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteWebhookTrigger"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-triggers/{triggerId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a webhook trigger from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableWebhookTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-triggers/{triggerId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a webhook trigger start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableWebhookTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-triggers/{triggerId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the last occasions of a webhook trigger, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWebhookTriggerHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workflows, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflows"];
        put?: never;
        /**
         * Create a workflow; a graph with problems is refused with all of them
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new workflow from an export
         * @description Needs the scope `workflows:write`.
         */
        post: operations["importWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Everything that is wrong with a graph, without storing it
         * @description Needs the scope `workflows:read`.
         */
        post: operations["validateGraph"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a workflow with its draft
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWorkflow"];
        /**
         * Replace the draft; versions and runs stay as they are
         * @description Needs the scope `workflows:write`.
         */
        put: operations["updateWorkflow"];
        post?: never;
        /**
         * Delete a workflow: no new runs; runs and versions can still be read
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteWorkflow"];
        options?: never;
        head?: never;
        /**
         * Change some fields of the draft; what is not sent stays as it is
         * @description Needs the scope `workflows:write`.
         */
        patch: operations["patchWorkflow"];
        trace?: never;
    };
    "/v1/workflows/{workflowId}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new workflow with the same draft; versions and runs stay with the old one
         * @description Needs the scope `workflows:write`.
         */
        post: operations["duplicateWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The draft or a version as a file that can be imported elsewhere
         * @description Needs the scope `workflows:read`.
         */
        get: operations["exportWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/optimize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advice on a version by what was recorded of its runs; changes nothing
         * @description Each change is tried out on the recorded runs before it is said: `expectedGain` is what they would have taken less. With `patch`, `draft` is the graph with all that is safe; it is valid, and gives the same output for every run in `check`. Needs the scope `workflows:read`.
         */
        post: operations["optimizeWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What new runs took from when on, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflowPublications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish again what was published before; each call goes one step further back
         * @description Needs the scope `workflows:write`.
         */
        post: operations["rollBackWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a run and wait for it, follow it, or leave it in the background
         * @description Needs the scope `runs:write`.
         */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the runs of a workflow went: counts, durations, costs and failures
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWorkflowStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Everything that is wrong with the draft, or with a graph that may replace it
         * @description Needs the scope `workflows:read`.
         */
        post: operations["validateWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a workflow, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflowVersions"];
        put?: never;
        /**
         * Freeze the draft as an immutable version; an unchanged draft makes no new one
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWorkflowVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/versions/{a}/diff/{b}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of version a in version b
         * @description Needs the scope `workflows:read`.
         */
        get: operations["diffWorkflowVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one version
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWorkflowVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{workflowId}/versions/{number}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a version the one that new runs take; an older one rolls back
         * @description Needs the scope `workflows:write`.
         */
        post: operations["publishWorkflowVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List aliases, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listAliases"];
        put?: never;
        /**
         * Give a name to a version, or to several by weight
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/aliases/{aliasId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an alias, how its last runs ended, and what led it there
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getAlias"];
        /**
         * Lead an alias somewhere else; runs are counted anew
         * @description Needs the scope `workflows:write`.
         */
        put: operations["setAlias"];
        post?: never;
        /**
         * Delete an alias: what names it starts no run any more
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/aliases/{aliasId}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who led an alias where, and why, newest first; also of one that was deleted
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listAliasChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/aliases/{aliasId}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a canary take all runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["promoteAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/callbacks/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver an event to the node of a run that waits for it; the body is its data
         * @description Needs no key.
         */
        post: operations["deliverCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what could not be carried out because something broke, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dead-letters/{deadLetterId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a dead letter
         * @description Needs the scope `runs:read`.
         */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Delete a dead letter; its run stays as it is
         * @description Needs the scope `runs:write`.
         */
        delete: operations["deleteDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dead-letters/{deadLetterId}:redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Execute again what failed of its run
         * @description Needs the scope `runs:write`.
         */
        post: operations["redriveDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dead-letters:redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redrive up to 100 dead letters; each is answered for itself
         * @description Needs the scope `runs:write`.
         */
        post: operations["redriveDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell an event to the triggers and the runs that wait for it
         * @description An `Idempotency-Key` is the id of the event: told twice, it is still one. Needs the scope `runs:write`.
         */
        post: operations["emitEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of the organization, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Add a person to the organization, by e-mail address or by their subject in OIDC
         * @description Needs the scope `organizations:write`.
         */
        post: operations["addMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a member of the organization
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getMember"];
        put?: never;
        post?: never;
        /**
         * Remove a member, and revoke the keys that they made for themselves
         * @description Needs the scope `organizations:write`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Give a member another role
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateMember"];
        trace?: never;
    };
    "/v2/organizations/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the organization that the key belongs to
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename the organization
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v2/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects of the organization, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listProjects"];
        put?: never;
        /**
         * Create a project, and a first API key for it where one is asked for
         * @description A key is for one project. The first key of another one is made here; it can do no more than the key that makes it. Needs the scope `organizations:write`.
         */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a project of the organization
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a project
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/v2/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a run, with a priority, a concurrency key, a time to live or a debounce
         * @description Needs the scope `runs:write`.
         */
        post: operations["orderRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}/effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a run does beyond itself, and how far each of it has come
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunEffects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}/effects/{effectId}:resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what became of a write whose outcome nobody knows
         * @description Needs the scope `runs:write`.
         */
        post: operations["resolveRunEffect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events of a run: all that happened, then all that happens
         * @description Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `node.delta` events without an `id`: pieces of the text that a node is about to give, of which some may be lost. Needs the scope `runs:read`.
         */
        get: operations["followRunV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say why a run went the way it did, what it waited for, and what it cost
         * @description Needs the scope `runs:read`.
         */
        get: operations["explainRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}/signals/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a signal to a run: to the node that waits for it, or to the next that will
         * @description Needs the scope `runs:write`.
         */
        post: operations["signalRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}:fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a run that takes over what had happened in another one by a checkpoint
         * @description Results are taken over and cost nothing again; what was under way is executed, and waits begin anew. Needs the scope `runs:write`.
         */
        post: operations["forkRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}:replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a run again with its recorded results, and compare
         * @description Results, timers, signals and votes are those of the record; everything else is computed again, on the version of the run or on another one. Needs the scope `runs:read`.
         */
        post: operations["replayRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs/{runId}:retryFromFailed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Execute again what failed in a run, and what depends on it; results are kept
         * @description Needs the scope `runs:write`.
         */
        post: operations["retryRunFromFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/runs:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start up to 100 runs; each is answered for itself
         * @description Needs the scope `runs:write`.
         */
        post: operations["orderRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/service-principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the service principals of the project, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listServicePrincipals"];
        put?: never;
        /**
         * Create a principal for a program; keys are made for it with `servicePrincipalId`
         * @description Needs the scope `organizations:write`.
         */
        post: operations["createServicePrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/service-principals/{servicePrincipalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a service principal
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getServicePrincipal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/service-principals/{servicePrincipalId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse all keys of a service principal from now on
         * @description Needs the scope `organizations:write`.
         */
        post: operations["disableServicePrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/service-principals/{servicePrincipalId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the keys of a service principal again
         * @description Needs the scope `organizations:write`.
         */
        post: operations["enableServicePrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhook endpoints of the project, newest first
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Be told of what happens in runs, by signed requests to a URL
         * @description Requests are signed as https://www.standardwebhooks.com has it; the secret is in this answer alone. Needs the scope `webhooks:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook endpoint, and whether it takes what it is sent
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint with all that waits for it
         * @description Needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint, or enable and disable it
         * @description Needs the scope `webhooks:write`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what an endpoint was told in the last 7 days, newest first
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery, with what is sent
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries/{deliveryId}:redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver once more, under the same `webhook-id`, with all tries anew
         * @description Needs the scope `webhooks:write`.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}/secret:rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with a new secret, and for some time with the old one as well
         * @description Needs the scope `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/webhook-endpoints/{endpointId}:test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event `webhook.test` to an endpoint
         * @description Its delivery says how the endpoint took it. Needs the scope `webhooks:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddMember: {
            /**
             * @description What it may do: see the how-to
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "operator" | "viewer";
            /** @example hana@example.com */
            email?: string;
            /** @description `sub` of the tokens that the OIDC issuer gives to this person */
            externalSubject?: string;
        };
        Advice: {
            /** @enum {string} */
            kind: "parallelise" | "remove-dead" | "cache" | "drop-retry" | "shorten-timeout";
            nodeIds: string[];
            /** @description Of the first of these nodes, in the version */
            pointer: string;
            title: string;
            detail: string;
            expectedGain: components["schemas"]["ExpectedGain"];
            /** @enum {string} */
            confidence: "low" | "medium" | "high";
            patch?: components["schemas"]["GraphPatch"];
            /** @description Whether `draft` has it */
            applied: boolean;
        };
        Alias: {
            id: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            name: string;
            targets: {
                version: number;
                /** @description Of a hundred runs, how many take it */
                weight: number;
            }[];
            rollback: {
                /** @description How many of the last runs of a version count */
                windowRuns: number;
                /** @description When a larger share of them has failed, and not of those of the stable version, the canary gets no more runs */
                maxErrorRate: number;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AliasChange: {
            /** @enum {string} */
            kind: "created" | "changed" | "promoted" | "rolled-back" | "deleted";
            targets: {
                version: number;
                /** @description Of a hundred runs, how many take it */
                weight: number;
            }[];
            reason: string | null;
            /** @description `system` for what nobody decided */
            changedBy: string;
            /** Format: date-time */
            changedAt: string;
        };
        AliasChangePage: {
            data: components["schemas"]["AliasChange"][];
            nextCursor: string | null;
        };
        AliasDetails: {
            id: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            name: string;
            targets: {
                version: number;
                /** @description Of a hundred runs, how many take it */
                weight: number;
            }[];
            rollback: {
                /** @description How many of the last runs of a version count */
                windowRuns: number;
                /** @description When a larger share of them has failed, and not of those of the stable version, the canary gets no more runs */
                maxErrorRate: number;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Since it was led there, as far as they count; only with `rollback` */
            lastRuns: {
                version: number;
                runs: number;
                failures: number;
            }[];
            lastChange: components["schemas"]["AliasChange"] | null;
        };
        AliasPage: {
            data: components["schemas"]["Alias"][];
            nextCursor: string | null;
        };
        AnalyzeText: {
            text: string;
        };
        ApiKey: {
            /** @example key_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /**
             * @description How the key begins
             * @example dure_live_3f9K
             */
            start: string;
            /**
             * @description How the key ends
             * @example x7Qz
             */
            last4: string;
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "analytics:read" | "models:use" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
            allowedCidrs: string[];
            roles: string[];
            servicePrincipalId: string | null;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
            createdBy: string | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            replacedBy: string | null;
        };
        ApiKeyPage: {
            data: components["schemas"]["ApiKey"][];
            nextCursor: string | null;
        };
        Approval: {
            id: string;
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            runId: string;
            /**
             * @example find_articles
             * @example each_order[3]/charge
             */
            path: string;
            title: string;
            body: string;
            /** @description What is approved, as it was edited last */
            payload: unknown;
            /** @description Of this payload: a decision names it */
            hash: string;
            /** @description `user:…` and `role:…`; empty: everybody with the scope */
            assignees: string[];
            quorum: number;
            allowEdit: boolean;
            votes: {
                by: string;
                /** @enum {string} */
                decision: "approve" | "reject";
                comment: string | null;
                /** @description false: it was about an earlier payload */
                counts: boolean;
            }[];
            dueAt: string | null;
            /** @enum {string} */
            onExpire: "expired" | "approve" | "reject";
            /** Format: date-time */
            createdAt: string;
        };
        ApprovalDecision: {
            /** @enum {string} */
            decision: "approve" | "reject";
            /** @description Of the approval as it was seen: of another payload, nothing is decided */
            hash: string;
            comment?: string;
            /** @description The payload as it is to be; approvals of before do not count */
            edit?: unknown;
        };
        ApprovalPage: {
            data: components["schemas"]["Approval"][];
            nextCursor: string | null;
        };
        /** @description Something that was asked for, or the answer to it */
        AuditEntry: {
            /** @description Its place in the log of the organization, from 1 */
            seq: number;
            at: string;
            /** @enum {string} */
            phase: "asked" | "answered";
            principalId: string;
            projectId: string;
            action: string;
            targets: string[];
            requestId: string;
            ip: string;
            userAgent: string;
            status?: number;
            /** @description SHA-256 of this entry and all before it, in base64url */
            hash: string;
        };
        AuditEntryPage: {
            data: components["schemas"]["AuditEntry"][];
            nextCursor: string | null;
        };
        AuditHead: {
            /** @description The number of the last entry */
            seq: number;
            /** @description Its hash, in base64url */
            hash: string;
            /** @description Keep it: it shows later that nothing before it has changed */
            jws: string;
        };
        CancelRun: {
            /** @description Kept with the run */
            reason?: string;
        };
        /** @description Days newest first; workflows and models by name */
        CostReport: {
            /**
             * Format: date
             * @description First day, in UTC
             * @example 2026-11-23
             */
            from: string;
            /**
             * Format: date
             * @description Last day, in UTC, and part of the range
             * @example 2026-11-23
             */
            to: string;
            /** @enum {string} */
            groupBy: "day" | "workflow" | "model";
            /** @enum {string} */
            currency: "USD";
            data: components["schemas"]["CostRow"][];
            nextCursor: string | null;
            /** @description Of the whole range, not only of this page */
            totals: {
                /** @description Whole micro-dollars: 1 USD = 1,000,000 */
                costMicroUsd: number;
                modelCalls: number;
            };
        };
        CostRow: {
            /** @description As `groupBy` says: the day in UTC, the id of the workflow, or the name of the model */
            key: string;
            /** @description Whole micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            modelCalls: number;
        };
        CreateAlias: {
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @example prod */
            name: string;
            /** @description Their weights add up to 100. The first is the stable version, the others are canaries */
            targets: {
                version: number;
                /** @description Of a hundred runs, how many take it */
                weight: number;
            }[];
            rollback?: {
                /** @description How many of the last runs of a version count */
                windowRuns: number;
                /** @description When a larger share of them has failed, and not of those of the stable version, the canary gets no more runs */
                maxErrorRate: number;
            };
        };
        CreateApiKey: {
            /** @example checkout service */
            name: string;
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "analytics:read" | "models:use" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
            /**
             * Format: date-time
             * @description Absent: as long as the key that makes it
             */
            expiresAt?: string;
            /** @description Networks that the key may be used from; empty: from everywhere */
            allowedCidrs?: string[];
            /** @description As which it may decide approvals */
            roles?: string[];
            /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
            servicePrincipalId?: string;
        };
        CreateDocument: {
            /** @example refunds.md */
            name: string;
            text: string;
            /**
             * @description `text/plain` or `text/markdown`; absent: by the extension of the name
             * @example text/markdown
             */
            mediaType?: string;
        };
        CreateKnowledgeBase: {
            /** @example 고객 지원 */
            name: string;
        };
        CreateProject: {
            /** @example Checkout */
            name: string;
            apiKey?: components["schemas"]["CreateApiKey"];
        };
        CreateSecret: {
            /** @example shop_api_key */
            name: string;
            /**
             * @description Where it may be sent: `api.example.com` (https, port 443), `api.example.com:8443`, or with a scheme, `http://intranet.example:8080`
             * @example [
             *       "api.example.com"
             *     ]
             */
            hosts: string[];
            /**
             * @description At most 65536 bytes of UTF-8. It is never shown again
             * @example s3cr3t-of-the-shop
             */
            value: string;
            /** @example Key of the shop */
            description?: string;
        };
        CreateServicePrincipal: {
            /** @example nightly import */
            name: string;
            /**
             * @description What it may do: see the how-to
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "operator" | "viewer";
        };
        CreateWebhookEndpoint: {
            /**
             * @description https, on the public Internet; redirects are not followed
             * @example https://example.com/webhooks/dure
             */
            url: string;
            /**
             * @example [
             *       "run.completed",
             *       "run.failed"
             *     ]
             */
            eventTypes: ("run.started" | "run.completed" | "run.failed" | "run.cancelled" | "run.timed_out" | "run.paused" | "run.resumed" | "run.retried" | "approval.requested" | "approval.decided" | "approval.escalated" | "node.needs-review")[];
            description?: string;
            /** @default true */
            enabled?: boolean;
        };
        CreatedApiKey: {
            /** @example key_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /**
             * @description How the key begins
             * @example dure_live_3f9K
             */
            start: string;
            /**
             * @description How the key ends
             * @example x7Qz
             */
            last4: string;
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "analytics:read" | "models:use" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
            allowedCidrs: string[];
            roles: string[];
            servicePrincipalId: string | null;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
            createdBy: string | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            replacedBy: string | null;
            /** @description Shown here, and never again */
            key: string;
        };
        CreatedProject: {
            /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            apiKey: components["schemas"]["CreatedApiKey"] | null;
        };
        CreatedWebhookEndpoint: {
            /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            url: string;
            description: string;
            eventTypes: string[];
            enabled: boolean;
            disabledReason: ("gone" | "failing" | "backlog-full") | null;
            failingSince: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description What signatures are checked with. It is never shown again
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        DeadLetter: {
            id: string;
            runId: string | null;
            /** @description null: the run itself */
            path: string | null;
            /** @description `run`: it never left the run */
            queue: string;
            message: string;
            payload: unknown;
            error: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            };
            /** Format: date-time */
            createdAt: string;
            redrivenAt: string | null;
        };
        DeadLetterPage: {
            data: components["schemas"]["DeadLetter"][];
            nextCursor: string | null;
        };
        Document: {
            /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            name: string;
            mediaType: string;
            sizeBytes: number;
            /** @enum {string} */
            status: "queued" | "ingesting" | "ready" | "failed";
            /** @description Why it failed */
            error?: {
                code: string;
                message: string;
            };
            /** @description Of the content, from 1 */
            version: number;
            /** @description The version that searches find; 0 before the first is ready */
            publishedVersion: number;
            /** @description Passages of the published version */
            chunkCount: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DocumentPage: {
            data: components["schemas"]["Document"][];
            nextCursor: string | null;
        };
        DuplicateWorkflow: {
            name?: string;
        };
        EmitEvent: {
            /** @example order.paid */
            name: string;
            /** @description Which of the runs that wait for this event it is for */
            correlation?: string;
            /** @default {} */
            payload?: unknown;
        };
        EmittedEvent: {
            id: string;
            /** @description Of triggers, as far as they have started by now */
            runIds: string[];
        };
        /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
        EventStream: string;
        EventTrigger: {
            /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            version: number | null;
            alias: string | null;
            enabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            eventName: string;
            filter: string | null;
        };
        EventTriggerPage: {
            data: components["schemas"]["EventTrigger"][];
            nextCursor: string | null;
        };
        /** @description What the recorded runs would have taken less */
        ExpectedGain: {
            /** @description The median of what the runs that it changes something for would have saved */
            latencyMsP50: number;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsdPerRun: number;
            basis: {
                runs: number;
                affectedRuns: number;
                beforeMsP50: number;
                afterMsP50: number;
            };
        };
        ExportedWorkflow: {
            /** @enum {string} */
            format: "dure.workflow";
            /** @example 1 */
            formatVersion: number;
            name: string;
            /** @default  */
            description: string;
            graph: components["schemas"]["Graph"];
        };
        ExportedWorkflowInput: {
            /** @enum {string} */
            format: "dure.workflow";
            /** @example 1 */
            formatVersion: number;
            name: string;
            /** @default  */
            description?: string;
            graph: components["schemas"]["GraphInput"];
        };
        ForkRun: {
            /** @description The version of a checkpoint of the run */
            fromCheckpoint: number;
            /** @default {} */
            patch?: {
                /** @description In place of the whole input */
                input?: {
                    [key: string]: unknown;
                };
                /** @description Variables that have these values from the checkpoint on */
                vars?: {
                    [key: string]: unknown;
                };
                /** @description Data of nodes that have completed by the checkpoint, by path. What was computed from the old data by then stays */
                nodes?: {
                    [key: string]: unknown;
                };
            };
        };
        /**
         * @example {
         *       "nodes": [
         *         {
         *           "id": "start",
         *           "type": "start",
         *           "config": {}
         *         },
         *         {
         *           "id": "greet",
         *           "type": "template",
         *           "config": {
         *             "text": "안녕하세요, {{ input.name }} 님"
         *           }
         *         },
         *         {
         *           "id": "end",
         *           "type": "end",
         *           "config": {
         *             "outputs": {
         *               "greeting": "{{ nodes.greet.data.text }}"
         *             }
         *           }
         *         }
         *       ],
         *       "edges": [
         *         {
         *           "from": "start",
         *           "port": "out",
         *           "to": "greet"
         *         },
         *         {
         *           "from": "greet",
         *           "port": "out",
         *           "to": "end"
         *         }
         *       ]
         *     }
         */
        Graph: {
            nodes: components["schemas"]["GraphNode"][];
            edges: components["schemas"]["GraphEdge"][];
        };
        GraphDiff: {
            nodes: {
                added: {
                    id: string;
                    type: string;
                    /** @description null at the top, else the container and its part, such as `each/body` */
                    in: string | null;
                }[];
                removed: {
                    id: string;
                    type: string;
                    /** @description null at the top, else the container and its part, such as `each/body` */
                    in: string | null;
                }[];
                changed: {
                    id: string;
                    /** @description RFC 6901 pointers into the node; `/in` when it stands elsewhere */
                    fields: string[];
                }[];
            };
            edges: {
                added: {
                    from: string;
                    port: string;
                    to: string;
                    /** @description null at the top, else the container and its part, such as `each/body` */
                    in: string | null;
                }[];
                removed: {
                    from: string;
                    port: string;
                    to: string;
                    /** @description null at the top, else the container and its part, such as `each/body` */
                    in: string | null;
                }[];
            };
        };
        GraphEdge: {
            /** @example find_articles */
            from: string;
            /**
             * @description The way out of `from` that this edge takes
             * @default out
             */
            port: string;
            /** @example find_articles */
            to: string;
        };
        GraphEdgeInput: {
            /** @example find_articles */
            from: string;
            /**
             * @description The way out of `from` that this edge takes
             * @default out
             */
            port?: string;
            /** @example find_articles */
            to: string;
        };
        /**
         * @example {
         *       "nodes": [
         *         {
         *           "id": "start",
         *           "type": "start",
         *           "config": {}
         *         },
         *         {
         *           "id": "greet",
         *           "type": "template",
         *           "config": {
         *             "text": "안녕하세요, {{ input.name }} 님"
         *           }
         *         },
         *         {
         *           "id": "end",
         *           "type": "end",
         *           "config": {
         *             "outputs": {
         *               "greeting": "{{ nodes.greet.data.text }}"
         *             }
         *           }
         *         }
         *       ],
         *       "edges": [
         *         {
         *           "from": "start",
         *           "port": "out",
         *           "to": "greet"
         *         },
         *         {
         *           "from": "greet",
         *           "port": "out",
         *           "to": "end"
         *         }
         *       ]
         *     }
         */
        GraphInput: {
            nodes: components["schemas"]["GraphNodeInput"][];
            edges: components["schemas"]["GraphEdgeInput"][];
        };
        GraphNode: {
            /** @example find_articles */
            id: string;
            /** @example retrieve */
            type: string;
            typeVersion?: number;
            name?: string;
            /** @default {} */
            config: {
                [key: string]: unknown;
            };
            policy?: components["schemas"]["NodePolicy"];
            /** @description A graph of its own, without a start node */
            body?: {
                nodes: unknown[];
                edges: unknown[];
            };
            /** @description A graph of its own, without a start node */
            finally?: {
                nodes: unknown[];
                edges: unknown[];
            };
        };
        GraphNodeInput: {
            /** @example find_articles */
            id: string;
            /** @example retrieve */
            type: string;
            typeVersion?: number;
            name?: string;
            /** @default {} */
            config?: {
                [key: string]: unknown;
            };
            policy?: components["schemas"]["NodePolicyInput"];
            /** @description A graph of its own, without a start node */
            body?: {
                nodes: unknown[];
                edges: unknown[];
            };
            /** @description A graph of its own, without a start node */
            finally?: {
                nodes: unknown[];
                edges: unknown[];
            };
        };
        /** @description On top of the patches of the advice before it */
        GraphPatch: {
            removeNodes: string[];
            removeEdges: components["schemas"]["GraphEdge"][];
            addEdges: components["schemas"]["GraphEdge"][];
            policies: {
                /** @example find_articles */
                nodeId: string;
                policy: components["schemas"]["NodePolicy"] | null;
            }[];
        };
        GraphValidation: {
            /** @description Whether there are no problems; there may be warnings */
            valid: boolean;
            problems: {
                pointer: string;
                message: string;
                code?: string;
            }[];
            warnings: {
                pointer: string;
                message: string;
                code?: string;
            }[];
            /** @description What a run can cost at the most, in micro-dollars; null without a bound */
            costUpperBoundMicroUsd: number | null;
        };
        HookAccepted: {
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            runId: string;
        };
        KnowledgeBase: {
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        KnowledgeBasePage: {
            data: components["schemas"]["KnowledgeBase"][];
            nextCursor: string | null;
        };
        Member: {
            /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /**
             * @description What it may do: see the how-to
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "operator" | "viewer";
            email: string | null;
            externalSubject: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        MemberPage: {
            data: components["schemas"]["Member"][];
            nextCursor: string | null;
        };
        Model: {
            id: string;
            /** @description Used by nodes that name no model */
            isDefault: boolean;
            /** @description Quotes the passages of its prompt and costs nothing: the price is a pretence */
            isDemo: boolean;
            /** @description Null when unknown: calls are then counted as free */
            price: {
                /** Format: date */
                from: string;
                /** @description Micro-US-dollars per million tokens */
                inputMicroUsd: number;
                /** @description Micro-US-dollars per million tokens */
                outputMicroUsd: number;
            } | null;
        };
        ModelPage: {
            data: components["schemas"]["Model"][];
            nextCursor: string | null;
        };
        /** @description Calls of models, each counted on its day (UTC) */
        ModelUsage: {
            calls: number;
            failed: number;
            inputTokens: number;
            outputTokens: number;
        };
        NodePolicy: {
            /** @description How long one execution may take */
            timeoutMs?: number;
            retry?: {
                /**
                 * @description Executions in all, the first one included
                 * @default 3
                 */
                maxAttempts: number;
                /**
                 * @default exp
                 * @enum {string}
                 */
                backoff: "exp" | "fixed";
                /** @default 1000 */
                baseMs: number;
                /** @default 60000 */
                maxMs: number;
                /**
                 * @description Anything between nothing and the backoff
                 * @default true
                 */
                jitter: boolean;
                /**
                 * @description The classes of errors after which it is executed again
                 * @default [
                 *       "timeout",
                 *       "unavailable",
                 *       "rate-limited",
                 *       "interrupted"
                 *     ]
                 */
                on: ("invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal")[];
            };
            /**
             * @description `branch`: go on by the port `error`; `default`: with the data of `default`
             * @enum {string}
             */
            onError?: "fail" | "branch" | "default";
            default?: unknown;
            cache?: {
                /** @description Seconds */
                ttlS: number;
                /** @description Text with {{ expressions }}. Absent: everything that the node is asked */
                key?: string;
            };
            /**
             * @description What executing it does to the world. A node that is pure by nature and is declared `read` or `write` becomes a commit point of its own
             * @enum {string}
             */
            effect?: "pure" | "read" | "write";
            /**
             * @description Absent: `retry` for reads, `review` for writes
             * @enum {string}
             */
            onUnknownOutcome?: "retry" | "verify" | "review" | "fail";
            verify?: {
                /** @description Asked by GET what became of the write; text with {{ expressions }} */
                url: string;
                /** @description CEL over `response` (status, headers, body): true when the write has happened. Else it is sent again */
                when: string;
                /** @description A secret of the project, sent to the hosts that it names alone; no expression sees it */
                auth?: {
                    /** @example shop_api_key */
                    secret: string;
                    /**
                     * @description `bearer`: `Authorization: Bearer <secret>`; `basic`: `Authorization: Basic …`; `header`: the secret alone, in the header that `header` names
                     * @enum {string}
                     */
                    as: "bearer" | "basic" | "header";
                    /** @description With `basic`: the secret is the password. Absent: it is `user:password` */
                    username?: string;
                    /** @description With `header`: the name of the header; absent: `x-api-key` */
                    header?: string;
                };
            };
        };
        NodePolicyInput: {
            /** @description How long one execution may take */
            timeoutMs?: number;
            retry?: {
                /**
                 * @description Executions in all, the first one included
                 * @default 3
                 */
                maxAttempts?: number;
                /**
                 * @default exp
                 * @enum {string}
                 */
                backoff?: "exp" | "fixed";
                /** @default 1000 */
                baseMs?: number;
                /** @default 60000 */
                maxMs?: number;
                /**
                 * @description Anything between nothing and the backoff
                 * @default true
                 */
                jitter?: boolean;
                /**
                 * @description The classes of errors after which it is executed again
                 * @default [
                 *       "timeout",
                 *       "unavailable",
                 *       "rate-limited",
                 *       "interrupted"
                 *     ]
                 */
                on?: ("invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal")[];
            };
            /**
             * @description `branch`: go on by the port `error`; `default`: with the data of `default`
             * @enum {string}
             */
            onError?: "fail" | "branch" | "default";
            default?: unknown;
            cache?: {
                /** @description Seconds */
                ttlS: number;
                /** @description Text with {{ expressions }}. Absent: everything that the node is asked */
                key?: string;
            };
            /**
             * @description What executing it does to the world. A node that is pure by nature and is declared `read` or `write` becomes a commit point of its own
             * @enum {string}
             */
            effect?: "pure" | "read" | "write";
            /**
             * @description Absent: `retry` for reads, `review` for writes
             * @enum {string}
             */
            onUnknownOutcome?: "retry" | "verify" | "review" | "fail";
            verify?: {
                /** @description Asked by GET what became of the write; text with {{ expressions }} */
                url: string;
                /** @description CEL over `response` (status, headers, body): true when the write has happened. Else it is sent again */
                when: string;
                /** @description A secret of the project, sent to the hosts that it names alone; no expression sees it */
                auth?: {
                    /** @example shop_api_key */
                    secret: string;
                    /**
                     * @description `bearer`: `Authorization: Bearer <secret>`; `basic`: `Authorization: Basic …`; `header`: the secret alone, in the header that `header` names
                     * @enum {string}
                     */
                    as: "bearer" | "basic" | "header";
                    /** @description With `basic`: the secret is the password. Absent: it is `user:password` */
                    username?: string;
                    /** @description With `header`: the name of the header; absent: `x-api-key` */
                    header?: string;
                };
            };
        };
        NodeStatistics: {
            /** @example find_articles */
            nodeId: string;
            runs: number;
            executions: number;
            latencyMsP50: number;
            latencyMsP95: number;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            failures: number;
            retries: number;
            /** @description Executions that failed, and succeeded when retried */
            recovered: number;
            cached: number;
        };
        NodeType: {
            type: string;
            title: string;
            description: string;
            /**
             * @description `pure`: computed at once. `task`: executed by another service. `in-place`: executed by the workflow service. `wait`: waits without holding anything. `container`: runs its body
             * @enum {string}
             */
            kind: "pure" | "task" | "in-place" | "wait" | "container";
            /**
             * @description What it does to the world by itself; what it waits for, or its body, may do more. `by-config`: see its description
             * @enum {string}
             */
            effect: "pure" | "read" | "write" | "by-config";
            /** @description The ways out; `onError: branch` adds the port `error` to any node */
            ports: string[];
            /** @description The ports come from the configuration of the node */
            dynamic: boolean;
            /** @description JSON Schema of the configuration */
            config: unknown;
            /** @description JSON Schema of its data; null: not known beforehand */
            output: unknown;
        };
        NodeTypePage: {
            data: components["schemas"]["NodeType"][];
            nextCursor: null;
        };
        OpenAiChatCompletion: {
            /** @example chatcmpl-0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @enum {string} */
            object: "chat.completion";
            /** @description Seconds since 1970 */
            created: number;
            model: string;
            choices: {
                index: number;
                message: {
                    /** @enum {string} */
                    role: "assistant";
                    content: string;
                    refusal: null;
                };
                logprobs: null;
                /** @enum {string} */
                finish_reason: "stop";
            }[];
            usage: {
                prompt_tokens: number;
                completion_tokens: number;
                total_tokens: number;
            };
        };
        OpenAiChatRequest: {
            /**
             * @description `workflow:<name>`, or `workflow:<id>`; after `@` an alias
             * @example workflow:support@prod
             */
            model: string;
            messages: {
                /** @enum {string} */
                role: "system" | "developer" | "user" | "assistant" | "tool" | "function";
                content?: string | null | {
                    type: string;
                    text?: string;
                }[];
            }[];
            stream?: boolean | null;
            stream_options?: {
                include_usage?: boolean;
                include_obfuscation?: boolean;
            } | null;
            /** @enum {number} */
            n?: 1;
            /** @enum {boolean} */
            logprobs?: false;
            response_format?: {
                /** @enum {string} */
                type: "text";
            };
            modalities?: "text"[];
            /** @description Each is a field of the input of the run, as text */
            metadata?: {
                [key: string]: string;
            };
            /** @description Each is a field of the input of the run, as it is. Not part of the API of OpenAI */
            extra?: {
                [key: string]: unknown;
            };
            temperature?: number | null;
            top_p?: number | null;
            max_tokens?: number | null;
            max_completion_tokens?: number | null;
            max_output_tokens?: number | null;
            presence_penalty?: number | null;
            frequency_penalty?: number | null;
            seed?: number | null;
            stop?: string | string[] | null;
            reasoning_effort?: string | null;
            verbosity?: string | null;
            user?: string;
            safety_identifier?: string;
            prompt_cache_key?: string;
            service_tier?: string | null;
            store?: boolean | null;
            parallel_tool_calls?: boolean;
            /** @enum {string} */
            tool_choice?: "none" | "auto";
            /** @description None: the workflow has its own */
            tools?: unknown[];
        };
        OpenAiEmbeddingList: {
            /** @enum {string} */
            object: "list";
            data: {
                /** @enum {string} */
                object: "embedding";
                index: number;
                embedding: number[] | string;
            }[];
            model: string;
            usage: {
                prompt_tokens: number;
                total_tokens: number;
            };
        };
        OpenAiEmbeddingRequest: {
            input: string | string[];
            /** @description Of the provider that is configured. Absent: MODEL_EMBEDDING */
            model?: string;
            /**
             * @description `base64`: of 32-bit floats, the least significant byte first
             * @default float
             * @enum {string}
             */
            encoding_format?: "float" | "base64";
            dimensions?: number;
            /** @description Has no effect */
            user?: string;
        };
        OpenAiError: {
            error: {
                message: string;
                /** @example invalid_request_error */
                type: string;
                /** @description Which parameter is wrong, such as `messages[0].content` */
                param: string | null;
                /**
                 * @description As in problems, with `_` for `.` and `-`, unless OpenAI has a name for it
                 * @example model_not_found
                 */
                code: string;
            };
        };
        OpenAiModel: {
            id: string;
            /** @enum {string} */
            object: "model";
            /** @description Seconds since 1970 */
            created: number;
            owned_by: string;
        };
        OpenAiModelList: {
            /** @enum {string} */
            object: "list";
            data: components["schemas"]["OpenAiModel"][];
            /** @description Go on with `after`: the id of the last one */
            has_more: boolean;
        };
        OpenAiResponse: {
            /**
             * @description Of the run, with `resp` for `run`
             * @example resp_0198c0de4a7b7c3e9f10223344556677
             */
            id: string;
            /** @enum {string} */
            object: "response";
            /** @description Seconds since 1970 */
            created_at: number;
            completed_at: number | null;
            /** @enum {string} */
            status: "queued" | "in_progress" | "completed" | "failed" | "cancelled";
            background: boolean;
            error: {
                code: string;
                message: string;
            } | null;
            incomplete_details: null;
            instructions: null;
            metadata: {
                [key: string]: string;
            };
            model: string;
            output: {
                /** @example msg_0198c0de4a7b7c3e9f10223344556677 */
                id: string;
                /** @enum {string} */
                type: "message";
                /** @enum {string} */
                role: "assistant";
                /** @enum {string} */
                status: "in_progress" | "completed";
                content: {
                    /** @enum {string} */
                    type: "output_text";
                    text: string;
                    annotations: unknown[];
                    logprobs: unknown[];
                }[];
            }[];
            parallel_tool_calls: boolean;
            previous_response_id: null;
            /** @enum {boolean} */
            store: true;
            temperature: null;
            text: {
                format: {
                    /** @enum {string} */
                    type: "text";
                };
            };
            /** @enum {string} */
            tool_choice: "none";
            tools: unknown[];
            top_p: null;
            /** @enum {string} */
            truncation: "disabled";
            usage: {
                input_tokens: number;
                input_tokens_details: {
                    cached_tokens: number;
                    cache_write_tokens: number;
                };
                output_tokens: number;
                output_tokens_details: {
                    reasoning_tokens: number;
                };
                total_tokens: number;
            } | null;
        };
        OpenAiResponseRequest: {
            /**
             * @description `workflow:<name>`, or `workflow:<id>`; after `@` an alias
             * @example workflow:support@prod
             */
            model: string;
            input: string | {
                /** @enum {string} */
                type?: "message";
                /** @enum {string} */
                role: "system" | "developer" | "user" | "assistant" | "tool" | "function";
                content: string | null | {
                    type: string;
                    text?: string;
                }[];
            }[];
            /** @description The first message, of the system */
            instructions?: string | null;
            stream?: boolean | null;
            /** @description Answers at once; the run goes on whether anybody waits or not */
            background?: boolean | null;
            previous_response_id?: string | null;
            conversation?: unknown;
            text?: {
                format?: {
                    /** @enum {string} */
                    type: "text";
                };
                verbosity?: string | null;
            };
            reasoning?: Record<string, never> | null;
            include?: string[] | null;
            stream_options?: Record<string, never> | null;
            truncation?: ("auto" | "disabled") | null;
            /** @description Each is a field of the input of the run, as text */
            metadata?: {
                [key: string]: string;
            };
            /** @description Each is a field of the input of the run, as it is. Not part of the API of OpenAI */
            extra?: {
                [key: string]: unknown;
            };
            temperature?: number | null;
            top_p?: number | null;
            max_tokens?: number | null;
            max_completion_tokens?: number | null;
            max_output_tokens?: number | null;
            presence_penalty?: number | null;
            frequency_penalty?: number | null;
            seed?: number | null;
            stop?: string | string[] | null;
            reasoning_effort?: string | null;
            verbosity?: string | null;
            user?: string;
            safety_identifier?: string;
            prompt_cache_key?: string;
            service_tier?: string | null;
            store?: boolean | null;
            parallel_tool_calls?: boolean;
            /** @enum {string} */
            tool_choice?: "none" | "auto";
            /** @description None: the workflow has its own */
            tools?: unknown[];
        };
        Optimization: {
            version: number;
            runs: {
                read: number;
                /** @description Too much to be read at once */
                leftOut: number;
            };
            advice: components["schemas"]["Advice"][];
            /** @description What would have changed the output of these runs */
            dropped: {
                /** @enum {string} */
                kind: "parallelise" | "remove-dead" | "cache" | "drop-retry" | "shorten-timeout";
                nodeIds: string[];
                differed: string[];
            }[];
            /** @description Runs that were played under the version and under the draft */
            check: {
                checked: number;
                skipped: number;
                differed: string[];
            };
            /** @description There were too many events to try everything out */
            isIncomplete: boolean;
            nodes: components["schemas"]["NodeStatistics"][];
            draft?: components["schemas"]["Graph"];
        };
        OrderRun: {
            /**
             * @default workflow
             * @enum {string}
             */
            target?: "workflow";
            /**
             * @description A workflow, and after `@` an alias or the number of a version
             * @example wf_0198c0de4a7b7c3e9f10223344556677@prod
             */
            ref: string;
            /**
             * @default {}
             * @example {
             *       "name": "두레"
             *     }
             */
            input?: {
                [key: string]: unknown;
            };
            /** @description 9 first; absent: 5 */
            priority?: number;
            /** @description Given up when it was not started within this many milliseconds */
            ttlMs?: number;
            /** @description Milliseconds that it may take from its start */
            timeoutMs?: number;
            /** @description Of the runs of a project with the same key, one is under way at a time */
            concurrencyKey?: string;
            /**
             * @description When one with this key is there: `reject` the new one, `enqueue` it, `interrupt` the others, or `replace` those that wait. Absent: `enqueue`
             * @enum {string}
             */
            onConflict?: "reject" | "enqueue" | "interrupt" | "replace";
            /** @description Waits so long for another start with this key, whose input then counts */
            debounce?: {
                key: string;
                ms: number;
            };
            /**
             * @description `wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events
             * @default background
             * @enum {string}
             */
            mode?: "wait" | "background" | "stream";
            /**
             * @description With `wait`: after this many milliseconds answer 202 with the run as it is
             * @default 30000
             */
            waitMs?: number;
        };
        OrderRuns: {
            runs: {
                /**
                 * @default workflow
                 * @enum {string}
                 */
                target?: "workflow";
                /**
                 * @description A workflow, and after `@` an alias or the number of a version
                 * @example wf_0198c0de4a7b7c3e9f10223344556677@prod
                 */
                ref: string;
                /**
                 * @default {}
                 * @example {
                 *       "name": "두레"
                 *     }
                 */
                input?: {
                    [key: string]: unknown;
                };
                /** @description 9 first; absent: 5 */
                priority?: number;
                /** @description Given up when it was not started within this many milliseconds */
                ttlMs?: number;
                /** @description Milliseconds that it may take from its start */
                timeoutMs?: number;
                /** @description Of the runs of a project with the same key, one is under way at a time */
                concurrencyKey?: string;
                /**
                 * @description When one with this key is there: `reject` the new one, `enqueue` it, `interrupt` the others, or `replace` those that wait. Absent: `enqueue`
                 * @enum {string}
                 */
                onConflict?: "reject" | "enqueue" | "interrupt" | "replace";
                /** @description Waits so long for another start with this key, whose input then counts */
                debounce?: {
                    key: string;
                    ms: number;
                };
            }[];
        };
        OrderedRuns: {
            results: {
                run?: components["schemas"]["RunSummary"];
                error?: {
                    code: string;
                    message: string;
                };
            }[];
        };
        Organization: {
            /** @example org_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        PatchWorkflow: {
            name?: string;
            description?: string;
            graph?: components["schemas"]["GraphInput"];
        };
        /** @description RFC 9457 problem details */
        Problem: {
            /**
             * Format: uri
             * @description Where this kind of problem is explained
             */
            type: string;
            title: string;
            status: number;
            /** @description What happened, and what to do about it */
            detail: string;
            /** @description The request that failed */
            instance: string;
            /**
             * @description Stable; branch on this
             * @example run.not-found
             */
            code: string;
            /** @description Quote it when you report the problem */
            requestId?: string;
            /** @description Look it up in Jaeger */
            traceId?: string;
            details?: {
                [key: string]: unknown;
            };
            /** @description One entry per invalid field */
            errors?: {
                /** @description RFC 6901 pointer as a URI fragment */
                pointer: string;
                message: string;
                code?: string;
            }[];
        };
        Project: {
            /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        ProjectPage: {
            data: components["schemas"]["Project"][];
            nextCursor: string | null;
        };
        PromoteAlias: {
            /** @description Absent: the only canary that gets runs */
            version?: number;
        };
        RedrivenDeadLetters: {
            results: {
                id: string;
                error: {
                    code: string;
                    message: string;
                } | null;
            }[];
        };
        ReplaceSecret: {
            /**
             * @description At most 65536 bytes of UTF-8. It is never shown again
             * @example s3cr3t-of-the-shop
             */
            value: string;
            /** @example Key of the shop */
            description?: string;
            /**
             * @description Where it may be sent: `api.example.com` (https, port 443), `api.example.com:8443`, or with a scheme, `http://intranet.example:8080`
             * @example [
             *       "api.example.com"
             *     ]
             */
            hosts?: string[];
        };
        ReplayRun: {
            /**
             * @description Nothing is executed, and nothing is stored
             * @enum {boolean}
             */
            dryRun: true;
            /** @description Of the workflow; absent: that of the run */
            version?: number;
        };
        ReplayedRun: {
            identical: boolean;
            differences: {
                /** @description Of the node; empty for the run itself */
                path: string;
                /**
                 * @example status
                 * @example data/items/3
                 */
                field: string;
                recorded?: unknown;
                replayed?: unknown;
            }[];
            /**
             * @description In which the replay ends
             * @enum {string}
             */
            status: "queued" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timed_out";
            output: unknown;
        };
        ResolveEffect: {
            /** @enum {string} */
            resolution: "succeeded" | "failed" | "retry";
            /** @description Of one that succeeded: its data */
            output?: unknown;
            note?: string;
        };
        RotateApiKey: {
            /**
             * @description How long the old key stays valid: ISO 8601, at most P30D; PT0S: not at all
             * @default PT24H
             * @example PT24H
             */
            overlap?: string;
        };
        RotateWebhookSecret: {
            /**
             * @description For how long the secrets so far sign, too; 0 when one has leaked
             * @default 24
             */
            overlapHours?: number;
        };
        Run: {
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @description Of the workflow */
            version: number;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timed_out";
            error: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            } | null;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            /** @description Look it up in Jaeger */
            traceId: string | null;
            /** @description The run that waits for this one, or started it */
            parentRunId: string | null;
            /** @description 0 lowest, 9 highest */
            priority: number;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            input: unknown;
            /** @description null until the run is completed */
            output: unknown;
            /** @description In the order in which they were reached */
            nodes: components["schemas"]["RunNode"][];
        };
        RunCheckpoint: {
            /** @description What a fork names as `fromCheckpoint` */
            version: number;
            /** Format: date-time */
            at: string;
            events: {
                type: string;
                path: string | null;
            }[];
            /** @description Events beyond those that are shown */
            more: number;
        };
        RunCheckpointPage: {
            data: components["schemas"]["RunCheckpoint"][];
            nextCursor: string | null;
        };
        RunEffect: {
            /** @description `eff_` and the first 32 digits of the idempotency key */
            id: string;
            /**
             * @example find_articles
             * @example each_order[3]/charge
             */
            path: string;
            type: string;
            /** @enum {string} */
            effect: "read" | "write";
            /** @description SHA-256 of `run/path` in hex; what the other side gets, however often it is sent */
            idempotencyKey: string;
            /**
             * @description `review`: nobody knows the outcome, and somebody has to say it
             * @enum {string}
             */
            status: "scheduled" | "started" | "retrying" | "review" | "completed" | "failed" | "skipped" | "cancelled";
            attempts: number;
            error?: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            };
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
        };
        RunEffectPage: {
            data: components["schemas"]["RunEffect"][];
            nextCursor: string | null;
        };
        RunExplanation: {
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timed_out";
            /** @description From its first event to its last */
            durationMs: number;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            branches: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                type: string;
                /** @description The way out that it took */
                port: string;
                /** @description Of a condition or a switch: those that were evaluated */
                expressions: {
                    source: string;
                    result: unknown;
                    /** @description What the expression read */
                    inputs: {
                        name: string;
                        value?: unknown;
                    }[];
                }[];
                /** @description The edges that were not taken with it */
                dead: {
                    /**
                     * @example find_articles
                     * @example each_order[3]/charge
                     */
                    from: string;
                    port: string;
                    /**
                     * @example find_articles
                     * @example each_order[3]/charge
                     */
                    to: string;
                }[];
            }[];
            skipped: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                because: {
                    /**
                     * @example find_articles
                     * @example each_order[3]/charge
                     */
                    from: string;
                    port: string;
                    why: string;
                }[];
            }[];
            retries: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                /** @description The one that failed */
                attempt: number;
                error: {
                    /** @example model.unavailable */
                    code: string;
                    message: string;
                    /** @enum {string} */
                    class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                    retryAfterMs?: number;
                };
                backoffMs: number;
            }[];
            waits: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                /** @enum {string} */
                kind: "task" | "timer" | "event" | "approval" | "child" | "in-place" | "body";
                waitedMs: number;
                /** @description It still waits */
                isOpen: boolean;
            }[];
            /** @description What cost something, the most expensive first */
            costs: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                costMicroUsd: number;
            }[];
            /** @description The chain of nodes that the run took as long as it did for */
            criticalPath: {
                /**
                 * @example find_articles
                 * @example each_order[3]/charge
                 */
                path: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endedAt: string;
                durationMs: number;
                /** @description Between the end of the step before and its start */
                heldMs: number;
            }[];
            /** @description Some of the lists were longer */
            isCut: boolean;
        };
        RunNode: {
            /** @example find_articles */
            id: string;
            /**
             * @example find_articles
             * @example each_order[3]/charge
             */
            path?: string;
            /** @enum {string} */
            status: "scheduled" | "started" | "retrying" | "review" | "completed" | "failed" | "skipped" | "cancelled";
            port?: string;
            data?: unknown;
            error?: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            };
            attempt?: number;
            durationMs?: number;
            costMicroUsd?: number;
        };
        RunNodeDetail: {
            /**
             * @example find_articles
             * @example each_order[3]/charge
             */
            path: string;
            /** @example find_articles */
            nodeId: string;
            /** @description null when it was skipped */
            type: string | null;
            /** @enum {string} */
            status: "scheduled" | "started" | "retrying" | "review" | "completed" | "failed" | "skipped" | "cancelled";
            /** @description Executions; 0 of a node that is computed on the way */
            attempts: number;
            /** @enum {string} */
            waitsFor?: "task" | "timer" | "event" | "approval" | "child" | "in-place" | "body";
            /** Format: date-time */
            dueAt?: string;
            /** @description The way out that it took */
            port?: string;
            /** @description Of a page, 4 MiB at the most; what is beyond is `{ $payload, bytes }`: ask for fewer nodes */
            data?: unknown;
            error?: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            };
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            childRunId?: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            /** @description Of the execution that succeeded */
            durationMs?: number;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            /** @description Of a node that waits for an event: a POST there delivers it */
            callbackPath?: string;
        };
        RunNodePage: {
            data: components["schemas"]["RunNodeDetail"][];
            nextCursor: string | null;
        };
        RunPage: {
            data: components["schemas"]["RunSummary"][];
            nextCursor: string | null;
        };
        RunSummary: {
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @description Of the workflow */
            version: number;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timed_out";
            error: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            } | null;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            /** @description Look it up in Jaeger */
            traceId: string | null;
            /** @description The run that waits for this one, or started it */
            parentRunId: string | null;
            /** @description 0 lowest, 9 highest */
            priority: number;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        /** @description Runs, each counted on the day (UTC) on which it started */
        RunUsage: {
            started: number;
            /** @description Of those that started */
            completed: number;
            /** @description Of those that started, those that took too long included */
            failed: number;
            /** @description Of those that started */
            cancelled: number;
            /** @description Milliseconds, of those that ended; null when none has */
            durationMs: {
                p50: number;
                p95: number;
            } | null;
        };
        SaveEventTrigger: {
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @description Absent, as `alias`: the published version */
            version?: number;
            /** @description Looked up whenever a run is started; not together with `version` */
            alias?: string;
            /** @example order.paid */
            eventName: string;
            /**
             * @description CEL over `input`, which has the `id`, `name`, `correlation` and `payload` of the event: only where it is true does a run start
             * @example input.payload.amount > 100
             */
            filter?: string;
        };
        SaveSchedule: {
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @description Absent, as `alias`: the published version */
            version?: number;
            /** @description Looked up whenever a run is started; not together with `version` */
            alias?: string;
            /**
             * @description Five fields, or six with seconds first; at the most every 10 s
             * @example 0 9 * * MON-FRI
             */
            cron: string;
            /**
             * @description IANA name
             * @default UTC
             * @example Asia/Seoul
             */
            timeZone?: string;
            /**
             * @description The input of every run
             * @default {}
             */
            input?: unknown;
            /**
             * @description What to do when a run of this schedule still goes on
             * @default skip
             * @enum {string}
             */
            overlap?: "skip" | "allow" | "cancel-previous";
            /**
             * @description Of times that passed while nobody could start runs: leave them out, start the last, or start all, at most the last 100
             * @default last
             * @enum {string}
             */
            catchUp?: "none" | "last" | "all";
        };
        SaveWebhookTrigger: {
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            /** @description Absent, as `alias`: the published version */
            version?: number;
            /** @description Looked up whenever a run is started; not together with `version` */
            alias?: string;
            /**
             * @default {
             *       "mode": "none"
             *     }
             */
            auth?: {
                /** @enum {string} */
                mode: "none";
            } | {
                /** @enum {string} */
                mode: "hmac";
                /**
                 * @description `standard`: Standard Webhooks, `v1,<base64>` over `id.timestamp.body`, at most 5 min old; `hub`: `sha256=<hex>` over the body
                 * @default standard
                 * @enum {string}
                 */
                scheme?: "standard" | "hub";
                /** @example webhook-id */
                idHeader?: string;
                /** @example webhook-id */
                timestampHeader?: string;
                /** @example webhook-id */
                signatureHeader?: string;
                /** @description The secret of the sender. Absent: the one it has; one is made, and shown once, when it has none */
                secret?: string;
            };
            /**
             * @description What tells deliveries apart: of several with the same, the first starts a run. A delivery without it always does
             * @default {
             *       "by": "header",
             *       "header": "webhook-id"
             *     }
             */
            dedupe?: {
                /** @enum {string} */
                by: "header";
                /** @example webhook-id */
                header: string;
            } | {
                /** @enum {string} */
                by: "pointer";
                /** @example /event/id */
                pointer: string;
            } | {
                /** @enum {string} */
                by: "body";
            };
            debounce?: {
                /** @description A run starts when so long nothing was delivered, with the last delivery */
                ms: number;
                /** @example /event/id */
                key?: string;
            };
            /**
             * @description `wait`: for the answer of a `respond` node, at most 30 s
             * @default accepted
             * @enum {string}
             */
            respond?: "accepted" | "wait";
            /**
             * @description Headers that runs get to see
             * @default [
             *       "content-type",
             *       "user-agent"
             *     ]
             */
            headers?: string[];
        };
        SaveWorkflow: {
            name: string;
            /** @default  */
            description?: string;
            graph: components["schemas"]["GraphInput"];
        };
        SavedWebhookTrigger: {
            /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            version: number | null;
            alias: string | null;
            enabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            auth: {
                /** @enum {string} */
                mode: "none";
            } | {
                /** @enum {string} */
                mode: "hmac";
                /**
                 * @description `standard`: Standard Webhooks, `v1,<base64>` over `id.timestamp.body`, at most 5 min old; `hub`: `sha256=<hex>` over the body
                 * @default standard
                 * @enum {string}
                 */
                scheme: "standard" | "hub";
                /** @example webhook-id */
                idHeader?: string;
                /** @example webhook-id */
                timestampHeader?: string;
                /** @example webhook-id */
                signatureHeader?: string;
            };
            dedupe: {
                /** @enum {string} */
                by: "header";
                /** @example webhook-id */
                header: string;
            } | {
                /** @enum {string} */
                by: "pointer";
                /** @example /event/id */
                pointer: string;
            } | {
                /** @enum {string} */
                by: "body";
            };
            debounce: {
                /** @description A run starts when so long nothing was delivered, with the last delivery */
                ms: number;
                /** @example /event/id */
                key?: string;
            } | null;
            /** @enum {string} */
            respond: "accepted" | "wait";
            headers: string[];
            /**
             * @description Of a new trigger: where to send to. It is secret, and shown only now
             * @example /hooks/dure_live_hook_…
             */
            url?: string;
            /** @description When one was made: it is shown only now */
            secret?: string;
        };
        Schedule: {
            /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            version: number | null;
            alias: string | null;
            enabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            cron: string;
            timeZone: string;
            input: unknown;
            /** @enum {string} */
            overlap: "skip" | "allow" | "cancel-previous";
            /** @enum {string} */
            catchUp: "none" | "last" | "all";
            /** @description When it fires next; null while it is disabled */
            nextAt: string | null;
        };
        SchedulePage: {
            data: components["schemas"]["Schedule"][];
            nextCursor: string | null;
        };
        SearchHit: {
            chunkId: string;
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
            documentId: string;
            documentName: string;
            headings: string[];
            text: string;
            start: number;
            end: number;
            score: number;
            contributions: {
                [key: string]: number;
            };
        };
        SearchKnowledgeBase: {
            /** @example 환불을 받고 싶어요 */
            query: string;
            /** @default 5 */
            topK?: number;
            /**
             * @description Leaves out what scores less. The score is the sum of the BM25 scores of the fields; it grows with the number and the rarity of the words that are shared, so compare it only within one knowledge base.
             * @default 0
             */
            minScore?: number;
            /**
             * @description Fill `contributions` of each hit
             * @default false
             */
            explain?: boolean;
        };
        SearchResult: {
            chunks: components["schemas"]["SearchHit"][];
            context: string;
            citations: {
                number: number;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
                documentName: string;
                headings: string[];
                chunkId: string;
            }[];
        };
        Secret: {
            /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example shop_api_key */
            name: string;
            description: string;
            /**
             * @example [
             *       "https://api.example.com"
             *     ]
             */
            hosts: string[];
            /** @description Rises with each new value */
            version: number;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        SecretPage: {
            data: components["schemas"]["Secret"][];
            nextCursor: string | null;
        };
        ServicePrincipal: {
            /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /**
             * @description What it may do: see the how-to
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "operator" | "viewer";
            disabledAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        ServicePrincipalPage: {
            data: components["schemas"]["ServicePrincipal"][];
            nextCursor: string | null;
        };
        SetAlias: {
            /** @description Their weights add up to 100. The first is the stable version, the others are canaries */
            targets: {
                version: number;
                /** @description Of a hundred runs, how many take it */
                weight: number;
            }[];
            rollback?: {
                /** @description How many of the last runs of a version count */
                windowRuns: number;
                /** @description When a larger share of them has failed, and not of those of the stable version, the canary gets no more runs */
                maxErrorRate: number;
            };
        };
        SignalRun: {
            /**
             * @description The data of the node that takes it
             * @default null
             */
            payload?: unknown;
            /** @description The same id with the same name is taken in once; else the Idempotency-Key */
            id?: string;
        };
        StartRun: {
            /**
             * @default {}
             * @example {
             *       "name": "두레"
             *     }
             */
            input?: {
                [key: string]: unknown;
            };
            /**
             * @description `wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events
             * @default background
             * @enum {string}
             */
            mode?: "wait" | "background" | "stream";
            /**
             * @description With `wait`: after this many milliseconds answer 202 with the run as it is
             * @default 30000
             */
            waitMs?: number;
            /** @description Absent, as `alias`: the published version */
            version?: number;
            /** @example prod */
            alias?: string;
        };
        TextAnalysis: {
            analyzerVersion: string;
            tokens: {
                /** @description What is indexed and searched */
                term: string;
                kind: string;
                /** @description In the text, in UTF-16 code units */
                start: number;
                end: number;
            }[];
            bigrams: string[];
        };
        TriggerHistoryEntry: {
            /**
             * @description `starting`: decided on, and not yet known to have started
             * @enum {string}
             */
            outcome: "starting" | "fired" | "skipped" | "failed";
            /**
             * @description Why it was skipped (`overlap`, `missed`, `duplicate`), or the code of the error
             * @example overlap
             */
            reason: string | null;
            runId: string | null;
            /** @description The scheduled time, or the id of the event */
            occasion: string | null;
            /** Format: date-time */
            at: string;
        };
        TriggerHistoryPage: {
            data: components["schemas"]["TriggerHistoryEntry"][];
            nextCursor: string | null;
        };
        UpdateMember: {
            /**
             * @description What it may do: see the how-to
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "operator" | "viewer";
        };
        UpdateOrganization: {
            /** @example Checkout */
            name: string;
        };
        UpdateProject: {
            /** @example Checkout */
            name: string;
        };
        UpdateWebhookEndpoint: {
            /**
             * @description https, on the public Internet; redirects are not followed
             * @example https://example.com/webhooks/dure
             */
            url?: string;
            /**
             * @example [
             *       "run.completed",
             *       "run.failed"
             *     ]
             */
            eventTypes?: ("run.started" | "run.completed" | "run.failed" | "run.cancelled" | "run.timed_out" | "run.paused" | "run.resumed" | "run.retried" | "approval.requested" | "approval.decided" | "approval.escalated" | "node.needs-review")[];
            description?: string;
            /** @description `true`: what waits is delivered, and failures count anew */
            enabled?: boolean;
        };
        UploadDocument: {
            /**
             * Format: binary
             * @description A .txt, .md or .markdown file in UTF-8
             */
            file: string;
        };
        /** @description Days newest first; workflows and models by name */
        UsageReport: {
            /**
             * Format: date
             * @description First day, in UTC
             * @example 2026-11-23
             */
            from: string;
            /**
             * Format: date
             * @description Last day, in UTC, and part of the range
             * @example 2026-11-23
             */
            to: string;
            /** @enum {string} */
            groupBy: "day" | "workflow" | "model";
            data: components["schemas"]["UsageRow"][];
            nextCursor: string | null;
            /** @description Of the whole range, not only of this page */
            totals: {
                /** @description Null where a model is asked for: a run may call several, or none */
                runs: components["schemas"]["RunUsage"] | null;
                modelCalls: components["schemas"]["ModelUsage"];
            };
        };
        UsageRow: {
            /** @description As `groupBy` says: the day in UTC, the id of the workflow, or the name of the model */
            key: string;
            /** @description Null where a model is asked for: a run may call several, or none */
            runs: components["schemas"]["RunUsage"] | null;
            modelCalls: components["schemas"]["ModelUsage"];
        };
        ValidateGraph: {
            graph: components["schemas"]["GraphInput"];
        };
        ValidateWorkflow: {
            graph?: components["schemas"]["GraphInput"];
        };
        WebhookDelivery: {
            /**
             * @description Also `webhook-id`, each time
             * @example whd_0198c0de4a7b7c3e9f10223344556677
             */
            id: string;
            /** @example run.completed */
            eventType: string;
            runId: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            attempts: number;
            responseStatus: number | null;
            error: string | null;
            durationMs: number | null;
            attemptedAt: string | null;
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        WebhookDeliveryDetails: {
            /**
             * @description Also `webhook-id`, each time
             * @example whd_0198c0de4a7b7c3e9f10223344556677
             */
            id: string;
            /** @example run.completed */
            eventType: string;
            runId: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            attempts: number;
            responseStatus: number | null;
            error: string | null;
            durationMs: number | null;
            attemptedAt: string | null;
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description As it is sent and signed, to the byte */
            payload: string;
        };
        WebhookDeliveryPage: {
            data: components["schemas"]["WebhookDelivery"][];
            nextCursor: string | null;
        };
        WebhookEndpoint: {
            /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            url: string;
            description: string;
            eventTypes: string[];
            enabled: boolean;
            disabledReason: ("gone" | "failing" | "backlog-full") | null;
            failingSince: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookEndpointPage: {
            data: components["schemas"]["WebhookEndpoint"][];
            nextCursor: string | null;
        };
        WebhookSecret: {
            /**
             * @description What signatures are checked with. It is never shown again
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        WebhookTrigger: {
            /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            version: number | null;
            alias: string | null;
            enabled: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            auth: {
                /** @enum {string} */
                mode: "none";
            } | {
                /** @enum {string} */
                mode: "hmac";
                /**
                 * @description `standard`: Standard Webhooks, `v1,<base64>` over `id.timestamp.body`, at most 5 min old; `hub`: `sha256=<hex>` over the body
                 * @default standard
                 * @enum {string}
                 */
                scheme: "standard" | "hub";
                /** @example webhook-id */
                idHeader?: string;
                /** @example webhook-id */
                timestampHeader?: string;
                /** @example webhook-id */
                signatureHeader?: string;
            };
            dedupe: {
                /** @enum {string} */
                by: "header";
                /** @example webhook-id */
                header: string;
            } | {
                /** @enum {string} */
                by: "pointer";
                /** @example /event/id */
                pointer: string;
            } | {
                /** @enum {string} */
                by: "body";
            };
            debounce: {
                /** @description A run starts when so long nothing was delivered, with the last delivery */
                ms: number;
                /** @example /event/id */
                key?: string;
            } | null;
            /** @enum {string} */
            respond: "accepted" | "wait";
            headers: string[];
        };
        WebhookTriggerPage: {
            data: components["schemas"]["WebhookTrigger"][];
            nextCursor: string | null;
        };
        Workflow: {
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            description: string;
            graph: components["schemas"]["Graph"];
            /** @description 0 when there is no version yet */
            latestVersion: number;
            /** @description The version that new runs take */
            publishedVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WorkflowPage: {
            data: components["schemas"]["WorkflowSummary"][];
            nextCursor: string | null;
        };
        WorkflowPublication: {
            versionNumber: number;
            /** @enum {string} */
            kind: "publish" | "rollback";
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
        };
        WorkflowPublicationPage: {
            data: components["schemas"]["WorkflowPublication"][];
            nextCursor: string | null;
        };
        WorkflowStats: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            runs: number;
            byStatus: {
                queued: number;
                running: number;
                paused: number;
                completed: number;
                failed: number;
                cancelled: number;
                timed_out: number;
            };
            /** @description Completed, of those that completed, failed or timed out; null when there are none */
            successRate: number | null;
            /** @description From the making of a run to its end; null when none has ended */
            durationMsP50: number | null;
            /** @description From the making of a run to its end; null when none has ended */
            durationMsP95: number | null;
            /** @description Micro-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            /** @description By the day (UTC) on which runs were made; days without any are left out */
            byDay: {
                /** Format: date */
                day: string;
                runs: number;
                byStatus: {
                    queued: number;
                    running: number;
                    paused: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    timed_out: number;
                };
                /** @description Completed, of those that completed, failed or timed out; null when there are none */
                successRate: number | null;
                /** @description From the making of a run to its end; null when none has ended */
                durationMsP50: number | null;
                /** @description From the making of a run to its end; null when none has ended */
                durationMsP95: number | null;
                /** @description Micro-dollars: 1 USD = 1,000,000 */
                costMicroUsd: number;
            }[];
            byVersion: {
                version: number;
                runs: number;
                byStatus: {
                    queued: number;
                    running: number;
                    paused: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    timed_out: number;
                };
                /** @description Completed, of those that completed, failed or timed out; null when there are none */
                successRate: number | null;
                /** @description From the making of a run to its end; null when none has ended */
                durationMsP50: number | null;
                /** @description From the making of a run to its end; null when none has ended */
                durationMsP95: number | null;
                /** @description Micro-dollars: 1 USD = 1,000,000 */
                costMicroUsd: number;
            }[];
            errors: {
                code: string;
                runs: number;
            }[];
            /** @description Of the last 1000 runs that failed */
            failingNodes: {
                /** @example find_articles */
                nodeId: string;
                runs: number;
            }[];
        };
        WorkflowSummary: {
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            description: string;
            /** @description 0 when there is no version yet */
            latestVersion: number;
            /** @description The version that new runs take */
            publishedVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WorkflowVersion: {
            /** @example wfv_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            number: number;
            graph: components["schemas"]["Graph"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
        };
        WorkflowVersionPage: {
            data: components["schemas"]["WorkflowVersion"][];
            nextCursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    receiveHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Of a trigger that waits: what the `respond` node of the run answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": unknown;
                };
            };
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677"
                     *     }
                     */
                    "application/json": components["schemas"]["HookAccepted"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "workflow:support@prod",
                 *       "messages": [
                 *         {
                 *           "role": "system"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OpenAiChatRequest"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "chatcmpl-0198c0de4a7b7c3e9f10223344556677",
                     *       "object": "chat.completion",
                     *       "created": 1,
                     *       "model": "text",
                     *       "choices": [
                     *         {
                     *           "index": 1,
                     *           "message": {
                     *             "role": "assistant",
                     *             "content": "text",
                     *             "refusal": null
                     *           },
                     *           "logprobs": null,
                     *           "finish_reason": "stop"
                     *         }
                     *       ],
                     *       "usage": {
                     *         "prompt_tokens": 1,
                     *         "completion_tokens": 1,
                     *         "total_tokens": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiChatCompletion"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEmbeddings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "text"
                 *     }
                 */
                "application/json": components["schemas"]["OpenAiEmbeddingRequest"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "list",
                     *       "data": [
                     *         {
                     *           "object": "embedding",
                     *           "index": 1,
                     *           "embedding": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "model": "text",
                     *       "usage": {
                     *         "prompt_tokens": 1,
                     *         "total_tokens": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiEmbeddingList"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOpenAiModels: {
        parameters: {
            query?: {
                /** @description How many workflows; all models of one stand together */
                limit?: number;
                /**
                 * @description `workflow:<name>`, or `workflow:<id>`; after `@` an alias
                 * @example workflow:support@prod
                 */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "list",
                     *       "data": [
                     *         {
                     *           "id": "text",
                     *           "object": "model",
                     *           "created": 1,
                     *           "owned_by": "text"
                     *         }
                     *       ],
                     *       "has_more": true
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiModelList"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenAiModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description `workflow:<name>`, or `workflow:<id>`; after `@` an alias
                 * @example workflow:support@prod
                 */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "text",
                     *       "object": "model",
                     *       "created": 1,
                     *       "owned_by": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiModel"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createResponse: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "workflow:support@prod",
                 *       "input": "text"
                 *     }
                 */
                "application/json": components["schemas"]["OpenAiResponseRequest"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "resp_0198c0de4a7b7c3e9f10223344556677",
                     *       "object": "response",
                     *       "created_at": 1,
                     *       "completed_at": 1,
                     *       "status": "queued",
                     *       "background": true,
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "incomplete_details": null,
                     *       "instructions": null,
                     *       "metadata": {},
                     *       "model": "text",
                     *       "output": [
                     *         {
                     *           "id": "msg_0198c0de4a7b7c3e9f10223344556677",
                     *           "type": "message",
                     *           "role": "assistant",
                     *           "status": "in_progress",
                     *           "content": [
                     *             {
                     *               "type": "output_text",
                     *               "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *               "annotations": [
                     *                 {}
                     *               ],
                     *               "logprobs": [
                     *                 {}
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "parallel_tool_calls": true,
                     *       "previous_response_id": null,
                     *       "store": true,
                     *       "temperature": null,
                     *       "text": {
                     *         "format": {
                     *           "type": "text"
                     *         }
                     *       },
                     *       "tool_choice": "none",
                     *       "tools": [
                     *         {}
                     *       ],
                     *       "top_p": null,
                     *       "truncation": "disabled",
                     *       "usage": {
                     *         "input_tokens": 1,
                     *         "input_tokens_details": {
                     *           "cached_tokens": 1,
                     *           "cache_write_tokens": 1
                     *         },
                     *         "output_tokens": 1,
                     *         "output_tokens_details": {
                     *           "reasoning_tokens": 1
                     *         },
                     *         "total_tokens": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiResponse"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getResponse: {
        parameters: {
            query?: {
                /** @description Only a new response is streamed */
                stream?: false;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "resp_0198c0de4a7b7c3e9f10223344556677",
                     *       "object": "response",
                     *       "created_at": 1,
                     *       "completed_at": 1,
                     *       "status": "queued",
                     *       "background": true,
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "incomplete_details": null,
                     *       "instructions": null,
                     *       "metadata": {},
                     *       "model": "text",
                     *       "output": [
                     *         {
                     *           "id": "msg_0198c0de4a7b7c3e9f10223344556677",
                     *           "type": "message",
                     *           "role": "assistant",
                     *           "status": "in_progress",
                     *           "content": [
                     *             {
                     *               "type": "output_text",
                     *               "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *               "annotations": [
                     *                 {}
                     *               ],
                     *               "logprobs": [
                     *                 {}
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "parallel_tool_calls": true,
                     *       "previous_response_id": null,
                     *       "store": true,
                     *       "temperature": null,
                     *       "text": {
                     *         "format": {
                     *           "type": "text"
                     *         }
                     *       },
                     *       "tool_choice": "none",
                     *       "tools": [
                     *         {}
                     *       ],
                     *       "top_p": null,
                     *       "truncation": "disabled",
                     *       "usage": {
                     *         "input_tokens": 1,
                     *         "input_tokens_details": {
                     *           "cached_tokens": 1,
                     *           "cache_write_tokens": 1
                     *         },
                     *         "output_tokens": 1,
                     *         "output_tokens_details": {
                     *           "reasoning_tokens": 1
                     *         },
                     *         "total_tokens": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiResponse"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "resp_0198c0de4a7b7c3e9f10223344556677",
                     *       "object": "response",
                     *       "created_at": 1,
                     *       "completed_at": 1,
                     *       "status": "queued",
                     *       "background": true,
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "incomplete_details": null,
                     *       "instructions": null,
                     *       "metadata": {},
                     *       "model": "text",
                     *       "output": [
                     *         {
                     *           "id": "msg_0198c0de4a7b7c3e9f10223344556677",
                     *           "type": "message",
                     *           "role": "assistant",
                     *           "status": "in_progress",
                     *           "content": [
                     *             {
                     *               "type": "output_text",
                     *               "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *               "annotations": [
                     *                 {}
                     *               ],
                     *               "logprobs": [
                     *                 {}
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "parallel_tool_calls": true,
                     *       "previous_response_id": null,
                     *       "store": true,
                     *       "temperature": null,
                     *       "text": {
                     *         "format": {
                     *           "type": "text"
                     *         }
                     *       },
                     *       "tool_choice": "none",
                     *       "tools": [
                     *         {}
                     *       ],
                     *       "top_p": null,
                     *       "truncation": "disabled",
                     *       "usage": {
                     *         "input_tokens": 1,
                     *         "input_tokens_details": {
                     *           "cached_tokens": 1,
                     *           "cache_write_tokens": 1
                     *         },
                     *         "output_tokens": 1,
                     *         "output_tokens_details": {
                     *           "reasoning_tokens": 1
                     *         },
                     *         "total_tokens": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenAiResponse"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "start": "dure_live_3f9K",
                     *           "last4": "x7Qz",
                     *           "scopes": [
                     *             "workflows:read"
                     *           ],
                     *           "allowedCidrs": [
                     *             "text"
                     *           ],
                     *           "roles": [
                     *             "text"
                     *           ],
                     *           "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *           "state": "active",
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "expiresAt": "2026-01-02T03:04:05.678Z",
                     *           "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *           "revokedAt": "2026-01-02T03:04:05.678Z",
                     *           "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "checkout service",
                 *       "scopes": [
                 *         "workflows:read"
                 *       ],
                 *       "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677"
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "start": "dure_live_3f9K",
                     *       "last4": "x7Qz",
                     *       "scopes": [
                     *         "workflows:read"
                     *       ],
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "roles": [
                     *         "text"
                     *       ],
                     *       "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "state": "active",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *       "revokedAt": "2026-01-02T03:04:05.678Z",
                     *       "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "key": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "start": "dure_live_3f9K",
                     *       "last4": "x7Qz",
                     *       "scopes": [
                     *         "workflows:read"
                     *       ],
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "roles": [
                     *         "text"
                     *       ],
                     *       "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "state": "active",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *       "revokedAt": "2026-01-02T03:04:05.678Z",
                     *       "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: {
                /** @description Also the keys that were made with it, with those, and so on: for a leak */
                descendants?: boolean;
            };
            header?: never;
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: {
                /** @description Also the keys that were made with it, with those, and so on: for a leak */
                descendants?: boolean;
            };
            header?: never;
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "start": "dure_live_3f9K",
                     *       "last4": "x7Qz",
                     *       "scopes": [
                     *         "workflows:read"
                     *       ],
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "roles": [
                     *         "text"
                     *       ],
                     *       "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "state": "active",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *       "revokedAt": "2026-01-02T03:04:05.678Z",
                     *       "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap": "PT24H"
                 *     }
                 */
                "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "start": "dure_live_3f9K",
                     *       "last4": "x7Qz",
                     *       "scopes": [
                     *         "workflows:read"
                     *       ],
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "roles": [
                     *         "text"
                     *       ],
                     *       "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "state": "active",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *       "revokedAt": "2026-01-02T03:04:05.678Z",
                     *       "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677",
                     *       "key": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "apr_0198c0de4a7b7c3e9f10223344556677",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "path": "find_articles",
                     *           "title": "text",
                     *           "body": "text",
                     *           "payload": {},
                     *           "hash": "text",
                     *           "assignees": [
                     *             "text"
                     *           ],
                     *           "quorum": 1,
                     *           "allowEdit": true,
                     *           "votes": [
                     *             {
                     *               "by": "text",
                     *               "decision": "approve",
                     *               "comment": "text",
                     *               "counts": true
                     *             }
                     *           ],
                     *           "dueAt": "2026-01-02T03:04:05.678Z",
                     *           "onExpire": "expired",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ApprovalPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "apr_0198c0de4a7b7c3e9f10223344556677",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "path": "find_articles",
                     *       "title": "text",
                     *       "body": "text",
                     *       "payload": {},
                     *       "hash": "text",
                     *       "assignees": [
                     *         "text"
                     *       ],
                     *       "quorum": 1,
                     *       "allowEdit": true,
                     *       "votes": [
                     *         {
                     *           "by": "text",
                     *           "decision": "approve",
                     *           "comment": "text",
                     *           "counts": true
                     *         }
                     *       ],
                     *       "dueAt": "2026-01-02T03:04:05.678Z",
                     *       "onExpire": "expired",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approve",
                 *       "hash": "0198c0de4a7b7c3e9f102233445566770198c0de4a7b7c3e9f10223344556677"
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalDecision"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditLogs: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Who asked, such as `key_…` */
                principalId?: string;
                /** @description The id of what it was about, such as `wf_…` */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "seq": 1,
                     *           "at": "text",
                     *           "phase": "asked",
                     *           "principalId": "text",
                     *           "projectId": "text",
                     *           "action": "text",
                     *           "targets": [
                     *             "text"
                     *           ],
                     *           "requestId": "text",
                     *           "ip": "text",
                     *           "userAgent": "text",
                     *           "status": 1,
                     *           "hash": "text"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditLogHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 1,
                     *       "hash": "text",
                     *       "jws": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AuditHead"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCosts: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /**
                 * @description First day, in UTC. Absent: 29 days before the last one
                 * @example 2026-11-23
                 */
                from?: string;
                /**
                 * @description Last day, in UTC, and part of the range. Absent: today
                 * @example 2026-11-23
                 */
                to?: string;
                groupBy?: "day" | "workflow" | "model";
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId?: string;
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days newest first; workflows and models by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-23",
                     *       "to": "2026-11-23",
                     *       "groupBy": "day",
                     *       "currency": "USD",
                     *       "data": [
                     *         {
                     *           "key": "text",
                     *           "costMicroUsd": 1,
                     *           "modelCalls": 1
                     *         }
                     *       ],
                     *       "nextCursor": "text",
                     *       "totals": {
                     *         "costMicroUsd": 1,
                     *         "modelCalls": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CostReport"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTriggers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "alias": "text",
                     *           "enabled": true,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z",
                     *           "eventName": "text",
                     *           "filter": "text"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTriggerPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEventTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                 *       "eventName": "order.paid",
                 *       "filter": "input.payload.amount > 100"
                 *     }
                 */
                "application/json": components["schemas"]["SaveEventTrigger"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "eventName": "text",
                     *       "filter": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "eventName": "text",
                     *       "filter": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEventTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                 *       "eventName": "order.paid",
                 *       "filter": "input.payload.amount > 100"
                 *     }
                 */
                "application/json": components["schemas"]["SaveEventTrigger"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "eventName": "text",
                     *       "filter": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEventTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableEventTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "eventName": "text",
                     *       "filter": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableEventTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "eventName": "text",
                     *       "filter": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTriggerHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "outcome": "starting",
                     *           "reason": "overlap",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "occasion": "text",
                     *           "at": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["TriggerHistoryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKnowledgeBases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBasePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKnowledgeBase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "고객 지원"
                 *     }
                 */
                "application/json": components["schemas"]["CreateKnowledgeBase"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKnowledgeBase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteKnowledgeBase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    analyzeText: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "주문한 상품은 이틀 안에 도착합니다."
                 *     }
                 */
                "application/json": components["schemas"]["AnalyzeText"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "analyzerVersion": "text",
                     *       "tokens": [
                     *         {
                     *           "term": "text",
                     *           "kind": "text",
                     *           "start": 1,
                     *           "end": 1
                     *         }
                     *       ],
                     *       "bigrams": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TextAnalysis"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *           "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "mediaType": "text",
                     *           "sizeBytes": 1,
                     *           "status": "queued",
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "version": 1,
                     *           "publishedVersion": 1,
                     *           "chunkCount": 1,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refunds.md",
                 *       "text": "주문한 상품은 이틀 안에 도착합니다.",
                 *       "mediaType": "text/markdown"
                 *     }
                 */
                "application/json": components["schemas"]["CreateDocument"];
                "multipart/form-data": components["schemas"]["UploadDocument"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "chunkCount": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "chunkCount": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchKnowledgeBase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": "환불을 받고 싶어요"
                 *     }
                 */
                "application/json": components["schemas"]["SearchKnowledgeBase"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chunks": [
                     *         {
                     *           "chunkId": "text",
                     *           "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentId": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentName": "text",
                     *           "headings": [
                     *             "text"
                     *           ],
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "start": 1,
                     *           "end": 1,
                     *           "score": 1,
                     *           "contributions": {}
                     *         }
                     *       ],
                     *       "context": "text",
                     *       "citations": [
                     *         {
                     *           "number": 1,
                     *           "documentId": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentName": "text",
                     *           "headings": [
                     *             "text"
                     *           ],
                     *           "chunkId": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "text",
                     *           "isDefault": true,
                     *           "isDemo": true,
                     *           "price": {
                     *             "from": "2026-01-02",
                     *             "inputMicroUsd": 1,
                     *             "outputMicroUsd": 1
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNodeTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "type": "text",
                     *           "title": "text",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "kind": "pure",
                     *           "effect": "pure",
                     *           "ports": [
                     *             "text"
                     *           ],
                     *           "dynamic": true,
                     *           "config": {},
                     *           "output": {}
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["NodeTypePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNodeType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "text",
                     *       "title": "text",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "kind": "pure",
                     *       "effect": "pure",
                     *       "ports": [
                     *         "text"
                     *       ],
                     *       "dynamic": true,
                     *       "config": {},
                     *       "output": {}
                     *     }
                     */
                    "application/json": components["schemas"]["NodeType"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNodeTypeSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId?: string;
                status?: "queued" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timed_out";
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                parentRunId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "status": "queued",
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "costMicroUsd": 1,
                     *           "traceId": "text",
                     *           "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "priority": 1,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "input": {},
                     *       "output": {},
                     *       "nodes": [
                     *         {
                     *           "id": "find_articles",
                     *           "path": "find_articles",
                     *           "status": "scheduled",
                     *           "port": "text",
                     *           "data": {},
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "attempt": 1,
                     *           "durationMs": 1,
                     *           "costMicroUsd": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CancelRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunCheckpoints: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version": 1,
                     *           "at": "2026-01-02T03:04:05.678Z",
                     *           "events": [
                     *             {
                     *               "type": "text",
                     *               "path": "find_articles"
                     *             }
                     *           ],
                     *           "more": 1
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["RunCheckpointPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followRun: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 1
                     *     event: run.started
                     *     data: {"type":"run.started"}
                     */
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunNodes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "path": "find_articles",
                     *           "nodeId": "find_articles",
                     *           "type": "text",
                     *           "status": "scheduled",
                     *           "attempts": 1,
                     *           "waitsFor": "task",
                     *           "dueAt": "2026-01-02T03:04:05.678Z",
                     *           "port": "text",
                     *           "data": {},
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "childRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "startedAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z",
                     *           "durationMs": 1,
                     *           "costMicroUsd": 1,
                     *           "callbackPath": "text"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["RunNodePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "alias": "text",
                     *           "enabled": true,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z",
                     *           "cron": "text",
                     *           "timeZone": "text",
                     *           "input": {},
                     *           "overlap": "skip",
                     *           "catchUp": "none",
                     *           "nextAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["SchedulePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSchedule: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                 *       "cron": "0 9 * * MON-FRI",
                 *       "timeZone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["SaveSchedule"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "cron": "text",
                     *       "timeZone": "text",
                     *       "input": {},
                     *       "overlap": "skip",
                     *       "catchUp": "none",
                     *       "nextAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "cron": "text",
                     *       "timeZone": "text",
                     *       "input": {},
                     *       "overlap": "skip",
                     *       "catchUp": "none",
                     *       "nextAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                 *       "cron": "0 9 * * MON-FRI",
                 *       "timeZone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["SaveSchedule"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "cron": "text",
                     *       "timeZone": "text",
                     *       "input": {},
                     *       "overlap": "skip",
                     *       "catchUp": "none",
                     *       "nextAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableSchedule: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "cron": "text",
                     *       "timeZone": "text",
                     *       "input": {},
                     *       "overlap": "skip",
                     *       "catchUp": "none",
                     *       "nextAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableSchedule: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sch_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "cron": "text",
                     *       "timeZone": "text",
                     *       "input": {},
                     *       "overlap": "skip",
                     *       "catchUp": "none",
                     *       "nextAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScheduleHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "outcome": "starting",
                     *           "reason": "overlap",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "occasion": "text",
                     *           "at": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["TriggerHistoryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSecrets: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "sec_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "shop_api_key",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "hosts": [
                     *             "https://api.example.com"
                     *           ],
                     *           "version": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["SecretPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shop_api_key",
                 *       "hosts": [
                 *         "api.example.com"
                 *       ],
                 *       "value": "s3cr3t-of-the-shop",
                 *       "description": "Key of the shop"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSecret"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sec_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "shop_api_key",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "hosts": [
                     *         "https://api.example.com"
                     *       ],
                     *       "version": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sec_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "shop_api_key",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "hosts": [
                     *         "https://api.example.com"
                     *       ],
                     *       "version": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "s3cr3t-of-the-shop",
                 *       "description": "Key of the shop",
                 *       "hosts": [
                 *         "api.example.com"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ReplaceSecret"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sec_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "shop_api_key",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "hosts": [
                     *         "https://api.example.com"
                     *       ],
                     *       "version": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /**
                 * @description First day, in UTC. Absent: 29 days before the last one
                 * @example 2026-11-23
                 */
                from?: string;
                /**
                 * @description Last day, in UTC, and part of the range. Absent: today
                 * @example 2026-11-23
                 */
                to?: string;
                groupBy?: "day" | "workflow" | "model";
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId?: string;
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days newest first; workflows and models by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-23",
                     *       "to": "2026-11-23",
                     *       "groupBy": "day",
                     *       "data": [
                     *         {
                     *           "key": "text",
                     *           "runs": {
                     *             "started": 1,
                     *             "completed": 1,
                     *             "failed": 1,
                     *             "cancelled": 1,
                     *             "durationMs": {
                     *               "p50": 1,
                     *               "p95": 1
                     *             }
                     *           },
                     *           "modelCalls": {
                     *             "calls": 1,
                     *             "failed": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "text",
                     *       "totals": {
                     *         "runs": {
                     *           "started": 1,
                     *           "completed": 1,
                     *           "failed": 1,
                     *           "cancelled": 1,
                     *           "durationMs": {
                     *             "p50": 1,
                     *             "p95": 1
                     *           }
                     *         },
                     *         "modelCalls": {
                     *           "calls": 1,
                     *           "failed": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UsageReport"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookTriggers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "alias": "text",
                     *           "enabled": true,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z",
                     *           "auth": {
                     *             "mode": "none"
                     *           },
                     *           "dedupe": {
                     *             "by": "header",
                     *             "header": "webhook-id"
                     *           },
                     *           "debounce": {
                     *             "ms": 100,
                     *             "key": "/event/id"
                     *           },
                     *           "respond": "accepted",
                     *           "headers": [
                     *             "text"
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTriggerPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677"
                 *     }
                 */
                "application/json": components["schemas"]["SaveWebhookTrigger"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "auth": {
                     *         "mode": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "header",
                     *         "header": "webhook-id"
                     *       },
                     *       "debounce": {
                     *         "ms": 100,
                     *         "key": "/event/id"
                     *       },
                     *       "respond": "accepted",
                     *       "headers": [
                     *         "text"
                     *       ],
                     *       "url": "/hooks/dure_live_hook_…",
                     *       "secret": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["SavedWebhookTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "auth": {
                     *         "mode": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "header",
                     *         "header": "webhook-id"
                     *       },
                     *       "debounce": {
                     *         "ms": 100,
                     *         "key": "/event/id"
                     *       },
                     *       "respond": "accepted",
                     *       "headers": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677"
                 *     }
                 */
                "application/json": components["schemas"]["SaveWebhookTrigger"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "auth": {
                     *         "mode": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "header",
                     *         "header": "webhook-id"
                     *       },
                     *       "debounce": {
                     *         "ms": 100,
                     *         "key": "/event/id"
                     *       },
                     *       "respond": "accepted",
                     *       "headers": [
                     *         "text"
                     *       ],
                     *       "url": "/hooks/dure_live_hook_…",
                     *       "secret": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["SavedWebhookTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWebhookTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "auth": {
                     *         "mode": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "header",
                     *         "header": "webhook-id"
                     *       },
                     *       "debounce": {
                     *         "ms": 100,
                     *         "key": "/event/id"
                     *       },
                     *       "respond": "accepted",
                     *       "headers": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhookTrigger: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "alias": "text",
                     *       "enabled": true,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "auth": {
                     *         "mode": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "header",
                     *         "header": "webhook-id"
                     *       },
                     *       "debounce": {
                     *         "ms": 100,
                     *         "key": "/event/id"
                     *       },
                     *       "respond": "accepted",
                     *       "headers": [
                     *         "text"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTrigger"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookTriggerHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "outcome": "starting",
                     *           "reason": "overlap",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "occasion": "text",
                     *           "at": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["TriggerHistoryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflows: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "latestVersion": 1,
                     *           "publishedVersion": 1,
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveWorkflow"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "format": "dure.workflow",
                 *       "formatVersion": 1,
                 *       "name": "Answer a customer",
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ExportedWorkflowInput"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateGraph: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ValidateGraph"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true,
                     *       "problems": [
                     *         {
                     *           "pointer": "text",
                     *           "message": "is not what it has to be",
                     *           "code": "text"
                     *         }
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "pointer": "text",
                     *           "message": "is not what it has to be",
                     *           "code": "text"
                     *         }
                     *       ],
                     *       "costUpperBoundMicroUsd": 1
                     *     }
                     */
                    "application/json": components["schemas"]["GraphValidation"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Answer a customer",
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveWorkflow"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PatchWorkflow"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicateWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["DuplicateWorkflow"] | null;
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportWorkflow: {
        parameters: {
            query?: {
                /** @description Absent: the draft */
                version?: number;
            };
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "format": "dure.workflow",
                     *       "formatVersion": 1,
                     *       "name": "Answer a customer",
                     *       "description": "",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ExportedWorkflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    optimizeWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Absent: the published one, else the newest */
                    version?: number;
                    /**
                     * @description How many of the last runs that have ended are looked at
                     * @default 50
                     */
                    runs?: number;
                    /**
                     * @description Give the patched graph, too
                     * @default false
                     */
                    patch?: boolean;
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 1,
                     *       "runs": {
                     *         "read": 1,
                     *         "leftOut": 1
                     *       },
                     *       "advice": [
                     *         {
                     *           "kind": "parallelise",
                     *           "nodeIds": [
                     *             "find_articles"
                     *           ],
                     *           "pointer": "text",
                     *           "title": "text",
                     *           "detail": "What happened, and what to do about it",
                     *           "expectedGain": {
                     *             "latencyMsP50": 1,
                     *             "costMicroUsdPerRun": 1,
                     *             "basis": {
                     *               "runs": 1,
                     *               "affectedRuns": 1,
                     *               "beforeMsP50": 1,
                     *               "afterMsP50": 1
                     *             }
                     *           },
                     *           "confidence": "low",
                     *           "patch": {
                     *             "removeNodes": [
                     *               "find_articles"
                     *             ],
                     *             "removeEdges": [
                     *               {
                     *                 "from": "find_articles",
                     *                 "port": "out",
                     *                 "to": "find_articles"
                     *               }
                     *             ],
                     *             "addEdges": [
                     *               {
                     *                 "from": "find_articles",
                     *                 "port": "out",
                     *                 "to": "find_articles"
                     *               }
                     *             ],
                     *             "policies": [
                     *               {
                     *                 "nodeId": "find_articles",
                     *                 "policy": {
                     *                   "timeoutMs": 1,
                     *                   "retry": {
                     *                     "maxAttempts": 3,
                     *                     "backoff": "exp",
                     *                     "baseMs": 1000,
                     *                     "maxMs": 60000,
                     *                     "jitter": true,
                     *                     "on": [
                     *                       "timeout",
                     *                       "unavailable",
                     *                       "rate-limited",
                     *                       "interrupted"
                     *                     ]
                     *                   },
                     *                   "onError": "fail",
                     *                   "default": {},
                     *                   "cache": {
                     *                     "ttlS": 1,
                     *                     "key": "text"
                     *                   },
                     *                   "effect": "pure",
                     *                   "onUnknownOutcome": "retry",
                     *                   "verify": {
                     *                     "url": "https://example.com/hooks/dure",
                     *                     "when": "text",
                     *                     "auth": {
                     *                       "secret": "shop_api_key",
                     *                       "as": "bearer"
                     *                     }
                     *                   }
                     *                 }
                     *               }
                     *             ]
                     *           },
                     *           "applied": true
                     *         }
                     *       ],
                     *       "dropped": [
                     *         {
                     *           "kind": "parallelise",
                     *           "nodeIds": [
                     *             "find_articles"
                     *           ],
                     *           "differed": [
                     *             "run_0198c0de4a7b7c3e9f10223344556677"
                     *           ]
                     *         }
                     *       ],
                     *       "check": {
                     *         "checked": 1,
                     *         "skipped": 1,
                     *         "differed": [
                     *           "run_0198c0de4a7b7c3e9f10223344556677"
                     *         ]
                     *       },
                     *       "isIncomplete": true,
                     *       "nodes": [
                     *         {
                     *           "nodeId": "find_articles",
                     *           "runs": 1,
                     *           "executions": 1,
                     *           "latencyMsP50": 1,
                     *           "latencyMsP95": 1,
                     *           "costMicroUsd": 1,
                     *           "failures": 1,
                     *           "retries": 1,
                     *           "recovered": 1,
                     *           "cached": 1
                     *         }
                     *       ],
                     *       "draft": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Optimization"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflowPublications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "versionNumber": 1,
                     *           "kind": "publish",
                     *           "publishedBy": "text",
                     *           "publishedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowPublicationPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": {
                 *         "name": "두레"
                 *       },
                 *       "alias": "prod"
                 *     }
                 */
                "application/json": components["schemas"]["StartRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "input": {},
                     *       "output": {},
                     *       "nodes": [
                     *         {
                     *           "id": "find_articles",
                     *           "path": "find_articles",
                     *           "status": "scheduled",
                     *           "port": "text",
                     *           "data": {},
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "attempt": 1,
                     *           "durationMs": 1,
                     *           "costMicroUsd": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowStats: {
        parameters: {
            query?: {
                /** @description Absent: 30 days before `to`; at most 90 days before it */
                from?: string;
                /** @description Not part of it; absent: now */
                to?: string;
            };
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-01-02T03:04:05.678Z",
                     *       "to": "2026-01-02T03:04:05.678Z",
                     *       "runs": 1,
                     *       "byStatus": {
                     *         "queued": 1,
                     *         "running": 1,
                     *         "paused": 1,
                     *         "completed": 1,
                     *         "failed": 1,
                     *         "cancelled": 1,
                     *         "timed_out": 1
                     *       },
                     *       "successRate": 1,
                     *       "durationMsP50": 1,
                     *       "durationMsP95": 1,
                     *       "costMicroUsd": 1,
                     *       "byDay": [
                     *         {
                     *           "day": "2026-01-02",
                     *           "runs": 1,
                     *           "byStatus": {
                     *             "queued": 1,
                     *             "running": 1,
                     *             "paused": 1,
                     *             "completed": 1,
                     *             "failed": 1,
                     *             "cancelled": 1,
                     *             "timed_out": 1
                     *           },
                     *           "successRate": 1,
                     *           "durationMsP50": 1,
                     *           "durationMsP95": 1,
                     *           "costMicroUsd": 1
                     *         }
                     *       ],
                     *       "byVersion": [
                     *         {
                     *           "version": 1,
                     *           "runs": 1,
                     *           "byStatus": {
                     *             "queued": 1,
                     *             "running": 1,
                     *             "paused": 1,
                     *             "completed": 1,
                     *             "failed": 1,
                     *             "cancelled": 1,
                     *             "timed_out": 1
                     *           },
                     *           "successRate": 1,
                     *           "durationMsP50": 1,
                     *           "durationMsP95": 1,
                     *           "costMicroUsd": 1
                     *         }
                     *       ],
                     *       "errors": [
                     *         {
                     *           "code": "text",
                     *           "runs": 1
                     *         }
                     *       ],
                     *       "failingNodes": [
                     *         {
                     *           "nodeId": "find_articles",
                     *           "runs": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowStats"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "graph": {
                 *         "nodes": [
                 *           {
                 *             "id": "start",
                 *             "type": "start",
                 *             "config": {}
                 *           },
                 *           {
                 *             "id": "greet",
                 *             "type": "template",
                 *             "config": {
                 *               "text": "안녕하세요, {{ input.name }} 님"
                 *             }
                 *           },
                 *           {
                 *             "id": "end",
                 *             "type": "end",
                 *             "config": {
                 *               "outputs": {
                 *                 "greeting": "{{ nodes.greet.data.text }}"
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "edges": [
                 *           {
                 *             "from": "start",
                 *             "port": "out",
                 *             "to": "greet"
                 *           },
                 *           {
                 *             "from": "greet",
                 *             "port": "out",
                 *             "to": "end"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ValidateWorkflow"] | null;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true,
                     *       "problems": [
                     *         {
                     *           "pointer": "text",
                     *           "message": "is not what it has to be",
                     *           "code": "text"
                     *         }
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "pointer": "text",
                     *           "message": "is not what it has to be",
                     *           "code": "text"
                     *         }
                     *       ],
                     *       "costUpperBoundMicroUsd": 1
                     *     }
                     */
                    "application/json": components["schemas"]["GraphValidation"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflowVersions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "wfv_0198c0de4a7b7c3e9f10223344556677",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "number": 1,
                     *           "graph": {
                     *             "nodes": [
                     *               {
                     *                 "id": "start",
                     *                 "type": "start",
                     *                 "config": {}
                     *               },
                     *               {
                     *                 "id": "greet",
                     *                 "type": "template",
                     *                 "config": {
                     *                   "text": "안녕하세요, {{ input.name }} 님"
                     *                 }
                     *               },
                     *               {
                     *                 "id": "end",
                     *                 "type": "end",
                     *                 "config": {
                     *                   "outputs": {
                     *                     "greeting": "{{ nodes.greet.data.text }}"
                     *                   }
                     *                 }
                     *               }
                     *             ],
                     *             "edges": [
                     *               {
                     *                 "from": "start",
                     *                 "port": "out",
                     *                 "to": "greet"
                     *               },
                     *               {
                     *                 "from": "greet",
                     *                 "port": "out",
                     *                 "to": "end"
                     *               }
                     *             ]
                     *           },
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowVersionPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkflowVersion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wfv_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "number": 1,
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowVersion"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffWorkflowVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
                a: number;
                b: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nodes": {
                     *         "added": [
                     *           {
                     *             "id": "text",
                     *             "type": "text",
                     *             "in": "text"
                     *           }
                     *         ],
                     *         "removed": [
                     *           {
                     *             "id": "text",
                     *             "type": "text",
                     *             "in": "text"
                     *           }
                     *         ],
                     *         "changed": [
                     *           {
                     *             "id": "text",
                     *             "fields": [
                     *               "text"
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "edges": {
                     *         "added": [
                     *           {
                     *             "from": "text",
                     *             "port": "text",
                     *             "to": "text",
                     *             "in": "text"
                     *           }
                     *         ],
                     *         "removed": [
                     *           {
                     *             "from": "text",
                     *             "port": "text",
                     *             "to": "text",
                     *             "in": "text"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GraphDiff"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wfv_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "number": 1,
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowVersion"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishWorkflowVersion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "graph": {
                     *         "nodes": [
                     *           {
                     *             "id": "start",
                     *             "type": "start",
                     *             "config": {}
                     *           },
                     *           {
                     *             "id": "greet",
                     *             "type": "template",
                     *             "config": {
                     *               "text": "안녕하세요, {{ input.name }} 님"
                     *             }
                     *           },
                     *           {
                     *             "id": "end",
                     *             "type": "end",
                     *             "config": {
                     *               "outputs": {
                     *                 "greeting": "{{ nodes.greet.data.text }}"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "edges": [
                     *           {
                     *             "from": "start",
                     *             "port": "out",
                     *             "to": "greet"
                     *           },
                     *           {
                     *             "from": "greet",
                     *             "port": "out",
                     *             "to": "end"
                     *           }
                     *         ]
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAliases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "als_0198c0de4a7b7c3e9f10223344556677",
                     *           "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "targets": [
                     *             {
                     *               "version": 1,
                     *               "weight": 1
                     *             }
                     *           ],
                     *           "rollback": {
                     *             "windowRuns": 1,
                     *             "maxErrorRate": 1
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AliasPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAlias: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                 *       "name": "prod",
                 *       "targets": [
                 *         {
                 *           "version": 1,
                 *           "weight": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateAlias"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "als_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "targets": [
                     *         {
                     *           "version": 1,
                     *           "weight": 1
                     *         }
                     *       ],
                     *       "rollback": {
                     *         "windowRuns": 1,
                     *         "maxErrorRate": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alias"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aliasId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "als_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "targets": [
                     *         {
                     *           "version": 1,
                     *           "weight": 1
                     *         }
                     *       ],
                     *       "rollback": {
                     *         "windowRuns": 1,
                     *         "maxErrorRate": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "lastRuns": [
                     *         {
                     *           "version": 1,
                     *           "runs": 1,
                     *           "failures": 1
                     *         }
                     *       ],
                     *       "lastChange": {
                     *         "kind": "created",
                     *         "targets": [
                     *           {
                     *             "version": 1,
                     *             "weight": 1
                     *           }
                     *         ],
                     *         "reason": "text",
                     *         "changedBy": "text",
                     *         "changedAt": "2026-01-02T03:04:05.678Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AliasDetails"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAlias: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                aliasId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "targets": [
                 *         {
                 *           "version": 1,
                 *           "weight": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetAlias"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "als_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "targets": [
                     *         {
                     *           "version": 1,
                     *           "weight": 1
                     *         }
                     *       ],
                     *       "rollback": {
                     *         "windowRuns": 1,
                     *         "maxErrorRate": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alias"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAlias: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                aliasId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAliasChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                aliasId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "kind": "created",
                     *           "targets": [
                     *             {
                     *               "version": 1,
                     *               "weight": 1
                     *             }
                     *           ],
                     *           "reason": "text",
                     *           "changedBy": "text",
                     *           "changedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AliasChangePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteAlias: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                aliasId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PromoteAlias"] | null;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "als_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "targets": [
                     *         {
                     *           "version": 1,
                     *           "weight": 1
                     *         }
                     *       ],
                     *       "rollback": {
                     *         "windowRuns": 1,
                     *         "maxErrorRate": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alias"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverCallback: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Absent: both */
                redriven?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dl_0198c0de4a7b7c3e9f10223344556677",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "path": "find_articles",
                     *           "queue": "text",
                     *           "message": "is not what it has to be",
                     *           "payload": {},
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "redrivenAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deadLetterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dl_0198c0de4a7b7c3e9f10223344556677",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "path": "find_articles",
                     *       "queue": "text",
                     *       "message": "is not what it has to be",
                     *       "payload": {},
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "redrivenAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deadLetterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                deadLetterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dl_0198c0de4a7b7c3e9f10223344556677",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "path": "find_articles",
                     *       "queue": "text",
                     *       "message": "is not what it has to be",
                     *       "payload": {},
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "redrivenAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "dl_0198c0de4a7b7c3e9f10223344556677"
                 *       ]
                 *     }
                 */
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "dl_0198c0de4a7b7c3e9f10223344556677",
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RedrivenDeadLetters"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emitEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "order.paid"
                 *     }
                 */
                "application/json": components["schemas"]["EmitEvent"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "text",
                     *       "runIds": [
                     *         "run_0198c0de4a7b7c3e9f10223344556677"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EmittedEvent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "usr_0198c0de4a7b7c3e9f10223344556677",
                     *           "role": "owner",
                     *           "email": "text",
                     *           "externalSubject": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "owner",
                 *       "email": "hana@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["AddMember"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0198c0de4a7b7c3e9f10223344556677",
                     *       "role": "owner",
                     *       "email": "text",
                     *       "externalSubject": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0198c0de4a7b7c3e9f10223344556677",
                     *       "role": "owner",
                     *       "email": "text",
                     *       "externalSubject": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateMember"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0198c0de4a7b7c3e9f10223344556677",
                     *       "role": "owner",
                     *       "email": "text",
                     *       "externalSubject": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "org_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Checkout"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrganization"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "org_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Checkout"
                 *     }
                 */
                "application/json": components["schemas"]["CreateProject"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "apiKey": {
                     *         "id": "key_0198c0de4a7b7c3e9f10223344556677",
                     *         "name": "Answer a customer",
                     *         "start": "dure_live_3f9K",
                     *         "last4": "x7Qz",
                     *         "scopes": [
                     *           "workflows:read"
                     *         ],
                     *         "allowedCidrs": [
                     *           "text"
                     *         ],
                     *         "roles": [
                     *           "text"
                     *         ],
                     *         "servicePrincipalId": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *         "state": "active",
                     *         "createdBy": "text",
                     *         "createdAt": "2026-01-02T03:04:05.678Z",
                     *         "expiresAt": "2026-01-02T03:04:05.678Z",
                     *         "lastUsedAt": "2026-01-02T03:04:05.678Z",
                     *         "revokedAt": "2026-01-02T03:04:05.678Z",
                     *         "replacedBy": "key_0198c0de4a7b7c3e9f10223344556677",
                     *         "key": "text"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedProject"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Checkout"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProject"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ref": "wf_0198c0de4a7b7c3e9f10223344556677@prod",
                 *       "input": {
                 *         "name": "두레"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OrderRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "input": {},
                     *       "output": {},
                     *       "nodes": [
                     *         {
                     *           "id": "find_articles",
                     *           "path": "find_articles",
                     *           "status": "scheduled",
                     *           "port": "text",
                     *           "data": {},
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "attempt": 1,
                     *           "durationMs": 1,
                     *           "costMicroUsd": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunEffects: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "eff_0198c0de4a7b7c3e9f10223344556677",
                     *           "path": "find_articles",
                     *           "type": "text",
                     *           "effect": "read",
                     *           "idempotencyKey": "text",
                     *           "status": "scheduled",
                     *           "attempts": 1,
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "startedAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["RunEffectPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveRunEffect: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
                /** @description `eff_` and the first 32 digits of the idempotency key */
                effectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "resolution": "succeeded"
                 *     }
                 */
                "application/json": components["schemas"]["ResolveEffect"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followRunV2: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 1
                     *     event: run.started
                     *     data: {"type":"run.started"}
                     */
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "queued",
                     *       "durationMs": 1,
                     *       "costMicroUsd": 1,
                     *       "branches": [
                     *         {
                     *           "path": "find_articles",
                     *           "type": "text",
                     *           "port": "text",
                     *           "expressions": [
                     *             {
                     *               "source": "text",
                     *               "result": {},
                     *               "inputs": [
                     *                 {
                     *                   "name": "Answer a customer",
                     *                   "value": {}
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "dead": [
                     *             {
                     *               "from": "find_articles",
                     *               "port": "text",
                     *               "to": "find_articles"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "skipped": [
                     *         {
                     *           "path": "find_articles",
                     *           "because": [
                     *             {
                     *               "from": "find_articles",
                     *               "port": "text",
                     *               "why": "text"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "retries": [
                     *         {
                     *           "path": "find_articles",
                     *           "attempt": 1,
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "backoffMs": 1
                     *         }
                     *       ],
                     *       "waits": [
                     *         {
                     *           "path": "find_articles",
                     *           "kind": "task",
                     *           "waitedMs": 1,
                     *           "isOpen": true
                     *         }
                     *       ],
                     *       "costs": [
                     *         {
                     *           "path": "find_articles",
                     *           "costMicroUsd": 1
                     *         }
                     *       ],
                     *       "criticalPath": [
                     *         {
                     *           "path": "find_articles",
                     *           "startedAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z",
                     *           "durationMs": 1,
                     *           "heldMs": 1
                     *         }
                     *       ],
                     *       "isCut": true
                     *     }
                     */
                    "application/json": components["schemas"]["RunExplanation"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signalRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
                /** @example payment.received */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SignalRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forkRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "fromCheckpoint": 1
                 *     }
                 */
                "application/json": components["schemas"]["ForkRun"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["ReplayRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "identical": true,
                     *       "differences": [
                     *         {
                     *           "path": "text",
                     *           "field": "status",
                     *           "recorded": {},
                     *           "replayed": {}
                     *         }
                     *       ],
                     *       "status": "queued",
                     *       "output": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayedRun"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRunFromFailed: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "status": "queued",
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "traceId": "text",
                     *       "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "priority": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderRuns: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runs": [
                 *         {
                 *           "ref": "wf_0198c0de4a7b7c3e9f10223344556677@prod",
                 *           "input": {
                 *             "name": "두레"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderRuns"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "run": {
                     *             "id": "run_0198c0de4a7b7c3e9f10223344556677",
                     *             "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *             "version": 1,
                     *             "status": "queued",
                     *             "error": {
                     *               "code": "model.unavailable",
                     *               "message": "is not what it has to be",
                     *               "class": "invalid",
                     *               "retryAfterMs": 1
                     *             },
                     *             "costMicroUsd": 1,
                     *             "traceId": "text",
                     *             "parentRunId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *             "priority": 1,
                     *             "createdAt": "2026-01-02T03:04:05.678Z",
                     *             "endedAt": "2026-01-02T03:04:05.678Z"
                     *           },
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderedRuns"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServicePrincipals: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "role": "owner",
                     *           "disabledAt": "2026-01-02T03:04:05.678Z",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ServicePrincipalPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createServicePrincipal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly import",
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["CreateServicePrincipal"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "role": "owner",
                     *       "disabledAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ServicePrincipal"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServicePrincipal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "role": "owner",
                     *       "disabledAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ServicePrincipal"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableServicePrincipal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "role": "owner",
                     *       "disabledAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ServicePrincipal"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableServicePrincipal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "svc_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "role": "owner",
                     *       "disabledAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ServicePrincipal"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "whe_0198c0de4a7b7c3e9f10223344556677",
                     *           "url": "https://example.com/hooks/dure",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "eventTypes": [
                     *             "text"
                     *           ],
                     *           "enabled": true,
                     *           "disabledReason": "gone",
                     *           "failingSince": "2026-01-02T03:04:05.678Z",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/webhooks/dure",
                 *       "eventTypes": [
                 *         "run.completed",
                 *         "run.failed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhookEndpoint"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whe_0198c0de4a7b7c3e9f10223344556677",
                     *       "url": "https://example.com/hooks/dure",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "eventTypes": [
                     *         "text"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "gone",
                     *       "failingSince": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whe_0198c0de4a7b7c3e9f10223344556677",
                     *       "url": "https://example.com/hooks/dure",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "eventTypes": [
                     *         "text"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "gone",
                     *       "failingSince": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1) */
                "if-match"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/webhooks/dure",
                 *       "eventTypes": [
                 *         "run.completed",
                 *         "run.failed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UpdateWebhookEndpoint"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whe_0198c0de4a7b7c3e9f10223344556677",
                     *       "url": "https://example.com/hooks/dure",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "eventTypes": [
                     *         "text"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "gone",
                     *       "failingSince": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                status?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "whd_0198c0de4a7b7c3e9f10223344556677",
                     *           "eventType": "run.completed",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "status": "pending",
                     *           "attempts": 1,
                     *           "responseStatus": 1,
                     *           "error": "text",
                     *           "durationMs": 1,
                     *           "attemptedAt": "2026-01-02T03:04:05.678Z",
                     *           "nextAttemptAt": "2026-01-02T03:04:05.678Z",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
                /** @example whd_0198c0de4a7b7c3e9f10223344556677 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whd_0198c0de4a7b7c3e9f10223344556677",
                     *       "eventType": "run.completed",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "responseStatus": 1,
                     *       "error": "text",
                     *       "durationMs": 1,
                     *       "attemptedAt": "2026-01-02T03:04:05.678Z",
                     *       "nextAttemptAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "payload": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryDetails"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
                /** @example whd_0198c0de4a7b7c3e9f10223344556677 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whd_0198c0de4a7b7c3e9f10223344556677",
                     *       "eventType": "run.completed",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "responseStatus": 1,
                     *       "error": "text",
                     *       "durationMs": 1,
                     *       "attemptedAt": "2026-01-02T03:04:05.678Z",
                     *       "nextAttemptAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateWebhookSecret"] | null;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whd_0198c0de4a7b7c3e9f10223344556677",
                     *       "eventType": "run.completed",
                     *       "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "responseStatus": 1,
                     *       "error": "text",
                     *       "durationMs": 1,
                     *       "attemptedAt": "2026-01-02T03:04:05.678Z",
                     *       "nextAttemptAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
