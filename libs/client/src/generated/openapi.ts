// Made by `npm run openapi` of docs/openapi/openapi.json: change nothing here.
export interface paths {
    "/hooks/{token}": {
        parameters: {
        };
        /**
         * Deliver to a webhook trigger: JSON or text, at most 1 MiB
         * @description A delivery that is sent again is answered with the same run. Signed as the trigger demands it. Needs no key.
         */
        post: operations["receiveHook"];
    };
    "/mcp": {
        parameters: {
        };
        /**
         * The Model Context Protocol: published workflows as tools
         * @description Streamable HTTP without sessions: every request stands for itself. A call of a tool is a run; it is answered as JSON, or as server-sent events where the client wants to hear how far it is. When the client leaves, the run is cancelled. Needs the scope `runs:write`.
         */
        post: operations["callMcp"];
    };
    "/openai/v1/chat/completions": {
        parameters: {
        };
        /**
         * Ask a workflow or an agent as clients of OpenAI ask a model
         * @description Starts a run and answers with what it says: what its `answer` nodes say, else its output. With `stream`, the answer comes as server-sent events, piece by piece while a model writes it, then `[DONE]`. The input of the run is `{ input, messages, settings }`, with the fields of `metadata` and `extra`; an agent is told the conversation, as text, and heeds none of the settings. A run that nobody waits for any more is cancelled, unless it has an `Idempotency-Key`. Needs the scope `runs:write`.
         */
        post: operations["createChatCompletion"];
    };
    "/openai/v1/embeddings": {
        parameters: {
        };
        /**
         * Turn texts into vectors, as clients of OpenAI ask for them
         * @description Needs the scope `models:use`.
         */
        post: operations["createEmbeddings"];
    };
    "/openai/v1/models": {
        parameters: {
        };
        /**
         * List what can be asked: published workflows, then agents, and their aliases, newest first
         * @description Agents are in it for whoever has the scope `agents:read`, and while the agent service answers. Needs the scope `workflows:read`.
         */
        get: operations["listOpenAiModels"];
    };
    "/openai/v1/models/{model}": {
        parameters: {
        };
        /**
         * Get a model: a published workflow or agent, or an alias of one
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getOpenAiModel"];
    };
    "/openai/v1/responses": {
        parameters: {
        };
        /**
         * Ask a workflow or an agent by the Responses API of OpenAI
         * @description Starts a run, as `createChatCompletion` does, and answers with what it says. A run that takes longer than the request may wait goes on, and so does one with `background`: get the response by its id. With `stream`, the answer comes as typed events. Needs the scope `runs:write`.
         */
        post: operations["createResponse"];
    };
    "/openai/v1/responses/{id}": {
        parameters: {
        };
        /**
         * Get a response: how far its run is, and what it has said when it has ended
         * @description Needs the scope `runs:read`.
         */
        get: operations["getResponse"];
    };
    "/openai/v1/responses/{id}/cancel": {
        parameters: {
        };
        /**
         * End the run of a response; one that has ended stays as it is
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelResponse"];
    };
    "/v1/agent-runs": {
        parameters: {
        };
        /**
         * List executions of agents, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listAgentRuns"];
    };
    "/v1/agent-runs/{executionId}": {
        parameters: {
        };
        /**
         * Get an execution of an agent, with what waits for a person
         * @description Needs the scope `runs:read`.
         */
        get: operations["getAgentRun"];
    };
    "/v1/agent-runs/{executionId}/approvals/{callId}": {
        parameters: {
        };
        /**
         * Allow or refuse one call of a tool; the decision is on this very call alone
         * @description Needs the scope `runs:write`.
         */
        post: operations["decideAgentCall"];
    };
    "/v1/agent-runs/{executionId}/cancel": {
        parameters: {
        };
        /**
         * Cancel an execution; a call that is under way is ended
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelAgentRun"];
    };
    "/v1/agent-runs/{executionId}/events": {
        parameters: {
        };
        /**
         * Server-sent events of an execution: all that happened, then all that happens
         * @description Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `execution.delta` events without an `id`: pieces of text, reasoning and arguments of tools that the model is about to give, of which some may be lost. Needs the scope `runs:read`.
         */
        get: operations["followAgentRun"];
    };
    "/v1/agent-runs/{executionId}/steps": {
        parameters: {
        };
        /**
         * List the calls of models and tools of an execution, oldest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listAgentRunSteps"];
    };
    "/v1/agent-teams": {
        parameters: {
        };
        /**
         * List teams of agents, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listAgentTeams"];
        /**
         * Create a team of agents; one that would not work is refused with all its problems
         * @description Needs the scope `agents:write`.
         */
        post: operations["createAgentTeam"];
    };
    "/v1/agent-teams/{teamId}": {
        parameters: {
        };
        /**
         * Get a team of agents
         * @description Needs the scope `agents:read`.
         */
        get: operations["getAgentTeam"];
        /**
         * Replace a team of agents; runs that are under way stay as they are
         * @description Needs the scope `agents:write`.
         */
        put: operations["updateAgentTeam"];
        /**
         * Delete a team: no new tasks; what it did can still be read
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteAgentTeam"];
    };
    "/v1/agent-teams/{teamId}/runs": {
        parameters: {
        };
        /**
         * List what a team was asked to do, newest first; costs are with each run alone
         * @description Needs the scope `runs:read`.
         */
        get: operations["listAgentTeamRuns"];
        /**
         * Give a team a task; it goes on in the background
         * @description Needs the scope `runs:write`.
         */
        post: operations["startAgentTeam"];
    };
    "/v1/agent-teams/{teamId}/runs/{runId}": {
        parameters: {
        };
        /**
         * Get what came of a task, and what each member has cost
         * @description Needs the scope `runs:read`.
         */
        get: operations["getAgentTeamRun"];
    };
    "/v1/agent-teams/{teamId}/runs/{runId}/cancel": {
        parameters: {
        };
        /**
         * Stop a team: whoever is asked at the moment is stopped, too
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelAgentTeamRun"];
    };
    "/v1/agent-teams/{teamId}/runs/{runId}/transcript": {
        parameters: {
        };
        /**
         * Read who was asked what, and what they said, in order
         * @description Needs the scope `runs:read`.
         */
        get: operations["getAgentTeamTranscript"];
    };
    "/v1/agents": {
        parameters: {
        };
        /**
         * List agents, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listAgents"];
        /**
         * Create an agent; a definition with problems is refused with all of them
         * @description Needs the scope `agents:write`.
         */
        post: operations["createAgent"];
    };
    "/v1/agents/{agentId}": {
        parameters: {
        };
        /**
         * Get an agent with its draft
         * @description Needs the scope `agents:read`.
         */
        get: operations["getAgent"];
        /**
         * Replace the draft; versions and executions stay as they are
         * @description Needs the scope `agents:write`.
         */
        put: operations["updateAgent"];
        /**
         * Delete an agent: no new executions; those of before can still be read
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteAgent"];
        /**
         * Change some fields of the draft; what is not sent stays as it is
         * @description Needs the scope `agents:write`.
         */
        patch: operations["patchAgent"];
    };
    "/v1/agents/{agentId}/aliases": {
        parameters: {
        };
        /**
         * List the aliases of an agent, by name; there are never more than one page
         * @description Needs the scope `agents:read`.
         */
        get: operations["listAgentAliases"];
    };
    "/v1/agents/{agentId}/aliases/{alias}": {
        parameters: {
        };
        /**
         * Get an alias
         * @description Needs the scope `agents:read`.
         */
        get: operations["getAgentAlias"];
        /**
         * Create an alias, or lead it to another version
         * @description Where the agent has a gate, an experiment has to show that it is met. Needs the scope `agents:write`.
         */
        put: operations["setAgentAlias"];
        /**
         * Delete an alias; executions that it led to go on
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteAgentAlias"];
    };
    "/v1/agents/{agentId}/gate": {
        parameters: {
        };
        /**
         * Get what a version has to have reached before it is published
         * @description Needs the scope `agents:read`.
         */
        get: operations["getAgentGate"];
        /**
         * Say what a version has to have reached before it is published
         * @description Rolling back needs nothing: what was published before is known. Needs the scope `agents:write`.
         */
        put: operations["setAgentGate"];
        /**
         * Let every version be published
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteAgentGate"];
    };
    "/v1/agents/{agentId}/publications": {
        parameters: {
        };
        /**
         * What new executions took from when on, newest first
         * @description With an `alias`: those that name it. Needs the scope `agents:read`.
         */
        get: operations["listAgentPublications"];
    };
    "/v1/agents/{agentId}/rollback": {
        parameters: {
        };
        /**
         * Publish again what was published before; each call goes one step further back
         * @description Needs the scope `agents:write`.
         */
        post: operations["rollBackAgent"];
    };
    "/v1/agents/{agentId}/runs": {
        parameters: {
        };
        /**
         * Start an agent and wait for it, follow it, or leave it in the background
         * @description Needs the scope `runs:write`.
         */
        post: operations["startAgentRun"];
    };
    "/v1/agents/{agentId}/versions": {
        parameters: {
        };
        /**
         * List the versions of an agent, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listAgentVersions"];
        /**
         * Freeze the draft as an immutable version; an unchanged draft makes no new one
         * @description Needs the scope `agents:write`.
         */
        post: operations["createAgentVersion"];
    };
    "/v1/agents/{agentId}/versions/{a}/diff/{b}": {
        parameters: {
        };
        /**
         * What became of version a in version b
         * @description Needs the scope `agents:read`.
         */
        get: operations["diffAgentVersions"];
    };
    "/v1/agents/{agentId}/versions/{number}": {
        parameters: {
        };
        /**
         * Get one version
         * @description Needs the scope `agents:read`.
         */
        get: operations["getAgentVersion"];
    };
    "/v1/agents/{agentId}/versions/{number}/publish": {
        parameters: {
        };
        /**
         * Make a version the one that new executions take
         * @description Where the agent has a gate, an experiment has to show that it is met. Needs the scope `agents:write`.
         */
        post: operations["publishAgentVersion"];
    };
    "/v1/ai/assistant/messages": {
        parameters: {
        };
        /**
         * Ask about the workflows and runs of the project
         * @description It knows what the key may see: workflows with `workflows:read`, runs with `runs:read`. It changes nothing. Needs the scope `models:use`.
         */
        post: operations["askAssistant"];
    };
    "/v1/ai/prompt-optimizations": {
        parameters: {
        };
        /**
         * List the searches for better instructions, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listPromptOptimizations"];
    };
    "/v1/ai/prompt-optimizations/{optimizationId}": {
        parameters: {
        };
        /**
         * Get a search for better instructions: its candidates, their scores, and what came of it
         * @description Needs the scope `agents:read`.
         */
        get: operations["getPromptOptimization"];
        /**
         * Delete a search that is over, with its experiments; versions of the agent stay
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deletePromptOptimization"];
    };
    "/v1/ai/prompt-optimizations/{optimizationId}/apply": {
        parameters: {
        };
        /**
         * Put the better instructions into the draft of the agent
         * @description Nothing is published: that goes by its own route, through the gate. Needs the scope `agents:write`.
         */
        post: operations["applyPromptOptimization"];
    };
    "/v1/ai/prompt-optimizations/{optimizationId}/cancel": {
        parameters: {
        };
        /**
         * Cancel a search for better instructions, and the runs of it that are under way
         * @description Needs the scope `agents:write`.
         */
        post: operations["cancelPromptOptimization"];
    };
    "/v1/ai/prompts:optimize": {
        parameters: {
        };
        /**
         * Look for better instructions of an agent, by the cases of a dataset
         * @description Candidates are made from some cases, chosen on others, and the best is confirmed on cases that neither has met. It goes on in the background. Nothing is published. Needs the scope `agents:write`.
         */
        post: operations["optimizePrompt"];
    };
    "/v1/ai/templates": {
        parameters: {
        };
        /**
         * Find a workflow to begin with
         * @description Needs the scope `models:use`.
         */
        get: operations["listWorkflowTemplates"];
    };
    "/v1/ai/templates/{templateId}": {
        parameters: {
        };
        /**
         * Get a workflow to begin with, and the triggers that belong to it
         * @description Needs the scope `models:use`.
         */
        get: operations["getWorkflowTemplate"];
    };
    "/v1/ai/workflows/{workflowId}/optimize": {
        parameters: {
        };
        /**
         * Advice on a workflow: what recorded runs show, and what a model proposes
         * @description Every proposal is a valid graph, with what it would save. With `models:use` a model is asked; without, and without a model, there is only what recorded runs show. Nothing is changed. Needs the scope `workflows:read`.
         */
        post: operations["adviseWorkflow"];
    };
    "/v1/ai/workflows:generate": {
        parameters: {
        };
        /**
         * Draft a workflow from a description in Korean or English
         * @description The draft is valid, and is stored nowhere. Without a model, it is the nearest template. Needs the scope `models:use`.
         */
        post: operations["generateWorkflow"];
    };
    "/v1/api-keys": {
        parameters: {
        };
        /**
         * List the API keys of the project, newest first
         * @description Needs the scope `api-keys:read`.
         */
        get: operations["listApiKeys"];
        /**
         * Create an API key for this project
         * @description The answer is the only place where the key is ever shown. A key can do no more than the key that makes it: no scope that it lacks, no longer life, no other addresses. Needs the scope `api-keys:write`.
         */
        post: operations["createApiKey"];
    };
    "/v1/api-keys/{apiKeyId}": {
        parameters: {
        };
        /**
         * Get an API key: what it may do, and when it was last used
         * @description Needs the scope `api-keys:read`.
         */
        get: operations["getApiKey"];
        /**
         * The same as to revoke an API key: nothing is lost
         * @description Needs the scope `api-keys:write`.
         */
        delete: operations["deleteApiKey"];
    };
    "/v1/api-keys/{apiKeyId}/revoke": {
        parameters: {
        };
        /**
         * Revoke an API key: it is refused from now on, and stays in the list
         * @description Needs the scope `api-keys:write`.
         */
        post: operations["revokeApiKey"];
    };
    "/v1/api-keys/{apiKeyId}/rotate": {
        parameters: {
        };
        /**
         * Replace an API key by a new one; for a while both are valid
         * @description Needs the scope `api-keys:write`.
         */
        post: operations["rotateApiKey"];
    };
    "/v1/approvals": {
        parameters: {
        };
        /**
         * List the approvals that wait, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listApprovals"];
    };
    "/v1/approvals/{approvalId}": {
        parameters: {
        };
        /**
         * Get an approval that waits
         * @description Needs the scope `runs:read`.
         */
        get: operations["getApproval"];
    };
    "/v1/approvals/{approvalId}/decisions": {
        parameters: {
        };
        /**
         * Approve or reject; answers with the run as it is afterwards
         * @description Needs the scope `runs:write`.
         */
        post: operations["decideApproval"];
    };
    "/v1/audit-logs": {
        parameters: {
        };
        /**
         * What was changed in the project, and by whom
         * @description Newest first. A change has an entry before it is made (`asked`), and one when it has been answered. Needs the scope `audit-logs:read`.
         */
        get: operations["listAuditLogs"];
    };
    "/v1/audit-logs/head": {
        parameters: {
        };
        /**
         * The end of the log of the organization, signed
         * @description Whoever keeps it can show later that no entry before it was changed or removed. Needs the scope `audit-logs:read`.
         */
        get: operations["getAuditLogHead"];
    };
    "/v1/costs": {
        parameters: {
        };
        /**
         * Add up what models cost by day, workflow or model
         * @description Days are days in UTC. A range has 366 days at the most. Needs the scope `analytics:read`.
         */
        get: operations["getCosts"];
    };
    "/v1/dictionary-entries": {
        parameters: {
        };
        /**
         * List the words of the project, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listDictionaryEntries"];
        /**
         * Teach the project a word
         * @description Documents and questions are read by it, beside the words of the Korean dictionary: a new word, a name, or one that is to be found by other parts. Documents that are there are analysed anew in the background; until then, they are found as before. A project has at most 10000 words. Needs the scope `knowledge:write`.
         */
        post: operations["createDictionaryEntry"];
    };
    "/v1/dictionary-entries/{dictionaryEntryId}": {
        parameters: {
        };
        /**
         * Get a word of the project
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getDictionaryEntry"];
        /**
         * Change the parts and the part of speech of a word
         * @description Needs the scope `knowledge:write`.
         */
        put: operations["updateDictionaryEntry"];
        /**
         * Forget a word of the project
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteDictionaryEntry"];
    };
    "/v1/event-triggers": {
        parameters: {
        };
        /**
         * List the event triggers of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listEventTriggers"];
        /**
         * Create a event trigger
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createEventTrigger"];
    };
    "/v1/event-triggers/{triggerId}": {
        parameters: {
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
        /**
         * Delete a event trigger and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteEventTrigger"];
    };
    "/v1/event-triggers/{triggerId}/disable": {
        parameters: {
        };
        /**
         * Stop a event trigger from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableEventTrigger"];
    };
    "/v1/event-triggers/{triggerId}/enable": {
        parameters: {
        };
        /**
         * Let a event trigger start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableEventTrigger"];
    };
    "/v1/event-triggers/{triggerId}/history": {
        parameters: {
        };
        /**
         * What became of the last occasions of a event trigger, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listEventTriggerHistory"];
    };
    "/v1/knowledge-bases": {
        parameters: {
        };
        /**
         * List knowledge bases, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listKnowledgeBases"];
        /**
         * Create a knowledge base
         * @description Needs the scope `knowledge:write`.
         */
        post: operations["createKnowledgeBase"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}": {
        parameters: {
        };
        /**
         * Get a knowledge base
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getKnowledgeBase"];
        /**
         * Delete a knowledge base with all its documents
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteKnowledgeBase"];
        /**
         * Change the name of a knowledge base, or how it is searched
         * @description Needs the scope `knowledge:write`.
         */
        patch: operations["updateKnowledgeBase"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/analyze": {
        parameters: {
        };
        /**
         * Show what becomes of a text, and the terms that it is found by
         * @description Needs the scope `knowledge:read`.
         */
        post: operations["analyzeText"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents": {
        parameters: {
        };
        /**
         * List the documents of a knowledge base, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listDocuments"];
        /**
         * Add a document, or a new version of the one with this name
         * @description The answer comes before the text can be found: ask for the document until it is `ready`. Until then, searches find the version before it. The same content again changes nothing, unless something about it has failed. A file is parsed after the answer: when nothing can be made of it, the document has `failed`, and `error` says why. Needs the scope `knowledge:write`.
         */
        post: operations["createDocument"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}": {
        parameters: {
        };
        /**
         * Get the state of a document
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getDocument"];
        /**
         * Delete a document; no search finds it any more
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteDocument"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}/access": {
        parameters: {
        };
        /**
         * Say who may see a document
         * @description From the next request on, in every kind of search. For who may not see a document, it is not there. Besides who is named, keys with the scope `knowledge:read-all` see it. Needs the scope `knowledge:write`.
         */
        put: operations["setDocumentAccess"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}/chunks": {
        parameters: {
        };
        /**
         * List the passages of a document, as searches find them, in its order
         * @description Of the published version; none before the first is ready. Their ids are what evaluations take as `chunkId` of a label, and what searches and citations name. When the content changes, or is made anew, they have others, and a cursor of before is refused: begin again. Needs the scope `knowledge:read`.
         */
        get: operations["listDocumentChunks"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}/events": {
        parameters: {
        };
        /**
         * Follow the ingestion of a document
         * @description First its state, then each change of it as `document.progress`, until it is `ready` or has `failed`; `document.deleted` when it is gone, or no longer for you to see. A state that lasts only for a moment may be left out. With the `Last-Event-ID` of the last state that was heard, that state is not told again. Needs the scope `knowledge:read`.
         */
        get: operations["followDocument"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}/metadata": {
        parameters: {
        };
        /**
         * Say what filters find a document by
         * @description From the next search on, without reading the document anew. It takes the place of all metadata that the document has. Needs the scope `knowledge:write`.
         */
        put: operations["setDocumentMetadata"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/documents/{documentId}/reprocess": {
        parameters: {
        };
        /**
         * Parse, cut and index a document again, from what is kept of it
         * @description Every document can be: a file is kept as it was sent or fetched, and parsed anew; of a text, the text is kept; an address that never gave anything is asked again. To fetch a page anew, send its URL. The version before is found until the new one is ready. Vectors of texts that were embedded before are not paid for again. Needs the scope `knowledge:write`.
         */
        post: operations["reprocessDocument"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/evaluations": {
        parameters: {
        };
        /**
         * List the evaluations of a knowledge base, newest first
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listEvaluations"];
        /**
         * Measure how well a knowledge base finds what answers your questions
         * @description Asks each question in the background, as searches ask it, without the reranker, in each mode that the knowledge base can do; one evaluation at a time. Documents that not everybody may see are left out. A label is found by the first passage that has it; further passages of the same document count neither for nor against. Needs the scope `knowledge:write`.
         */
        post: operations["createEvaluation"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/evaluations/{evaluationId}": {
        parameters: {
        };
        /**
         * Get an evaluation: how far it is, then its scores
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getEvaluation"];
        /**
         * Delete an evaluation, also one that is under way
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["deleteEvaluation"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/evaluations/{evaluationId}/apply": {
        parameters: {
        };
        /**
         * Give the knowledge base the weight that was fitted
         * @description `If-Match` is about the knowledge base, which is answered. Needs the scope `knowledge:write`.
         */
        post: operations["applyEvaluation"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/evaluations/{evaluationId}/results": {
        parameters: {
        };
        /**
         * List what each question of an evaluation gave, in their order
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["listEvaluationResults"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/reanalysis": {
        parameters: {
        };
        /**
         * Get how far the last analysis of a knowledge base anew is, or how it ended
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getReanalysis"];
        /**
         * Analyse the passages of a knowledge base anew, by the words of its project
         * @description This begins by itself when the words change: it is for what was cancelled or has failed. In the background, beside the terms by which it is searched. When all are there, searches find by the new ones alone, from one moment to the next. Needs the scope `knowledge:write`.
         */
        post: operations["reanalyzeKnowledgeBase"];
        /**
         * Stop analysing a knowledge base anew, which stays as it is
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["cancelReanalysis"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/reindex": {
        parameters: {
        };
        /**
         * Get how far the last re-indexing of a knowledge base is, or how it ended
         * @description Needs the scope `knowledge:read`.
         */
        get: operations["getReindexing"];
        /**
         * Make the vectors of a knowledge base anew, by another model
         * @description In the background, beside those by which it is searched. When all are there, searches find by the new ones alone, from one moment to the next; documents that come meanwhile have both. While the provider is down or a budget is used up, it waits, and then goes on where it was. When it fails or is cancelled, nothing changes. Needs the scope `knowledge:write`.
         */
        post: operations["reindexKnowledgeBase"];
        /**
         * Stop re-indexing a knowledge base, which stays as it is
         * @description Needs the scope `knowledge:write`.
         */
        delete: operations["cancelReindexing"];
    };
    "/v1/knowledge-bases/{knowledgeBaseId}/search": {
        parameters: {
        };
        /**
         * Find the passages that answer a question
         * @description Best first. A passage is found when it shares a word with the question, in its text or its headings; when no word of the question is known at all, when it shares half of the pairs of Korean syllables. An empty answer means that nothing does. Where there are vectors, the nearest passages are found as well; when the provider of embeddings is down or slow, or a budget is used up, the answer is by words alone and says `degraded`; `mode: vector` is refused with `budget.exceeded` then. Needs the scope `knowledge:read`.
         */
        post: operations["searchKnowledgeBase"];
    };
    "/v1/mcp-servers": {
        parameters: {
        };
        /**
         * List the MCP servers of the project, newest first
         * @description Needs the scope `tools:read`.
         */
        get: operations["listMcpServers"];
        /**
         * Name a server that offers tools by the Model Context Protocol
         * @description Nothing of it can be used before it was refreshed, and a tool of it approved. Needs the scope `tools:write`.
         */
        post: operations["createMcpServer"];
    };
    "/v1/mcp-servers/{serverId}": {
        parameters: {
        };
        /**
         * Get an MCP server
         * @description Needs the scope `tools:read`.
         */
        get: operations["getMcpServer"];
        /**
         * Replace an MCP server. At another URL, all its tools must be approved again
         * @description Needs the scope `tools:write`.
         */
        put: operations["replaceMcpServer"];
        /**
         * Delete an MCP server, and with it what was approved of it
         * @description Needs the scope `tools:write`.
         */
        delete: operations["deleteMcpServer"];
    };
    "/v1/mcp-servers/{serverId}/refresh": {
        parameters: {
        };
        /**
         * Ask an MCP server what it offers now
         * @description A tool that has changed since it was approved is approved no more. Needs the scope `tools:write`.
         */
        post: operations["refreshMcpServer"];
    };
    "/v1/mcp-servers/{serverId}/tools": {
        parameters: {
        };
        /**
         * List what an MCP server offered when it was last asked, by name
         * @description Needs the scope `tools:read`.
         */
        get: operations["listMcpTools"];
    };
    "/v1/mcp-servers/{serverId}/tools/{toolName}/approve": {
        parameters: {
        };
        /**
         * Let agents have a tool of an MCP server, as it is now
         * @description Needs the scope `tools:write`.
         */
        post: operations["approveMcpTool"];
    };
    "/v1/models": {
        parameters: {
        };
        /**
         * List the models that are configured, with what they can do and their prices
         * @description Needs the scope `runs:read`.
         */
        get: operations["listModels"];
    };
    "/v1/node-types": {
        parameters: {
        };
        /**
         * The catalogue of node types, with the schema of their configuration
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listNodeTypes"];
    };
    "/v1/node-types/{type}": {
        parameters: {
        };
        /**
         * One node type
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getNodeType"];
    };
    "/v1/node-types/{type}/schema": {
        parameters: {
        };
        /**
         * The JSON Schema of the configuration of one node type, and nothing else
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getNodeTypeSchema"];
    };
    "/v1/providers": {
        parameters: {
        };
        /**
         * List the providers of models, and how they do
         * @description Needs the scope `models:use`.
         */
        get: operations["listProviders"];
    };
    "/v1/runs": {
        parameters: {
        };
        /**
         * List runs, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRuns"];
    };
    "/v1/runs/{runId}": {
        parameters: {
        };
        /**
         * Get a run, and how far each of its nodes has come
         * @description Needs the scope `runs:read`.
         */
        get: operations["getRun"];
    };
    "/v1/runs/{runId}/cancel": {
        parameters: {
        };
        /**
         * End a run; who executes a node of it is told to stop
         * @description Needs the scope `runs:write`.
         */
        post: operations["cancelRun"];
    };
    "/v1/runs/{runId}/checkpoints": {
        parameters: {
        };
        /**
         * List what a run has committed, oldest first: places to fork it from
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunCheckpoints"];
    };
    "/v1/runs/{runId}/events": {
        parameters: {
        };
        /**
         * Server-sent events of a run: all that happened, then all that happens
         * @deprecated
         * @description Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `node.delta` events without an `id`: pieces of the text that a node is about to give, of which some may be lost. Needs the scope `runs:read`. Deprecated. It goes on Mon, 31 Jan 2028 00:00:00 GMT. Use `/v2/runs/{runId}/events` instead.
         */
        get: operations["followRun"];
    };
    "/v1/runs/{runId}/nodes": {
        parameters: {
        };
        /**
         * List the nodes of a run in the order in which it reached them
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunNodes"];
    };
    "/v1/runs/{runId}/pause": {
        parameters: {
        };
        /**
         * Let a run start nothing new; what is under way ends
         * @description Needs the scope `runs:write`.
         */
        post: operations["pauseRun"];
    };
    "/v1/runs/{runId}/resume": {
        parameters: {
        };
        /**
         * Let a paused run go on
         * @description Needs the scope `runs:write`.
         */
        post: operations["resumeRun"];
    };
    "/v1/runs/{runId}/retry": {
        parameters: {
        };
        /**
         * Execute again what failed in a run, and what depends on it; results are kept
         * @description Needs the scope `runs:write`.
         */
        post: operations["retryRun"];
    };
    "/v1/schedules": {
        parameters: {
        };
        /**
         * List the schedules of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listSchedules"];
        /**
         * Create a schedule
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createSchedule"];
    };
    "/v1/schedules/{triggerId}": {
        parameters: {
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
        /**
         * Delete a schedule and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteSchedule"];
    };
    "/v1/schedules/{triggerId}/disable": {
        parameters: {
        };
        /**
         * Stop a schedule from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableSchedule"];
    };
    "/v1/schedules/{triggerId}/enable": {
        parameters: {
        };
        /**
         * Let a schedule start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableSchedule"];
    };
    "/v1/schedules/{triggerId}/history": {
        parameters: {
        };
        /**
         * What became of the last occasions of a schedule, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listScheduleHistory"];
    };
    "/v1/secrets": {
        parameters: {
        };
        /**
         * List the secrets of the project, newest first, without their values
         * @description Needs the scope `secrets:read`.
         */
        get: operations["listSecrets"];
        /**
         * Keep a secret for `http` nodes to authenticate with
         * @description It is encrypted, shown to nobody, and sent to the hosts that it names alone. Needs the scope `secrets:write`.
         */
        post: operations["createSecret"];
    };
    "/v1/secrets/{secretId}": {
        parameters: {
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
        /**
         * Delete a secret: nodes that name it fail from now on
         * @description Needs the scope `secrets:write`.
         */
        delete: operations["deleteSecret"];
    };
    "/v1/tools": {
        parameters: {
        };
        /**
         * List the tools of the project, newest first, then those that are built in
         * @description Needs the scope `tools:read`.
         */
        get: operations["listTools"];
        /**
         * Make a tool of an HTTP request, or of code
         * @description Needs the scope `tools:write`.
         */
        post: operations["createTool"];
    };
    "/v1/tools/import/openapi": {
        parameters: {
        };
        /**
         * Make a tool of each operation of an OpenAPI document
         * @description Needs the scope `tools:write`.
         */
        post: operations["importOpenApi"];
    };
    "/v1/tools/{toolId}": {
        parameters: {
        };
        /**
         * Get a tool
         * @description Needs the scope `tools:read`.
         */
        get: operations["getTool"];
        /**
         * Replace a tool: agents have the new one from their next execution on
         * @description Needs the scope `tools:write`.
         */
        put: operations["replaceTool"];
        /**
         * Delete a tool: executions of agents that have it cannot begin from now on
         * @description Needs the scope `tools:write`.
         */
        delete: operations["deleteTool"];
    };
    "/v1/tools/{toolId}/execute": {
        parameters: {
        };
        /**
         * Try a tool out
         * @description It does what it does: a tool that writes, writes. What fails in it is part of the answer; arguments that do not fit are a problem. Needs the scope `tools:write`.
         */
        post: operations["executeTool"];
    };
    "/v1/usage": {
        parameters: {
        };
        /**
         * Count runs, model calls and tokens by day, workflow or model
         * @description Days are days in UTC. A range has 366 days at the most. Needs the scope `analytics:read`.
         */
        get: operations["getUsage"];
    };
    "/v1/variables": {
        parameters: {
        };
        /**
         * List the variables of the project, newest first
         * @description Needs the scope `variables:read`.
         */
        get: operations["listVariables"];
        /**
         * Give a name to a value that workflows share
         * @description A run that begins later reads it as `vars.<name>`. It is no place for secrets. Needs the scope `variables:write`.
         */
        post: operations["createVariable"];
    };
    "/v1/variables/{variableId}": {
        parameters: {
        };
        /**
         * Get a variable
         * @description Needs the scope `variables:read`.
         */
        get: operations["getVariable"];
        /**
         * Give a variable another value; runs that have begun keep the one they have
         * @description Needs the scope `variables:write`.
         */
        put: operations["updateVariable"];
        /**
         * Delete a variable; runs that have begun keep it
         * @description Needs the scope `variables:write`.
         */
        delete: operations["deleteVariable"];
    };
    "/v1/webhook-triggers": {
        parameters: {
        };
        /**
         * List the webhook triggers of the project, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWebhookTriggers"];
        /**
         * Create a webhook trigger
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWebhookTrigger"];
    };
    "/v1/webhook-triggers/{triggerId}": {
        parameters: {
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
        /**
         * Delete a webhook trigger and its history; its runs stay
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteWebhookTrigger"];
    };
    "/v1/webhook-triggers/{triggerId}/disable": {
        parameters: {
        };
        /**
         * Stop a webhook trigger from starting runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["disableWebhookTrigger"];
    };
    "/v1/webhook-triggers/{triggerId}/enable": {
        parameters: {
        };
        /**
         * Let a webhook trigger start runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["enableWebhookTrigger"];
    };
    "/v1/webhook-triggers/{triggerId}/history": {
        parameters: {
        };
        /**
         * What became of the last occasions of a webhook trigger, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWebhookTriggerHistory"];
    };
    "/v1/workflows": {
        parameters: {
        };
        /**
         * List workflows, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflows"];
        /**
         * Create a workflow; a graph with problems is refused with all of them
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWorkflow"];
    };
    "/v1/workflows/import": {
        parameters: {
        };
        /**
         * A new workflow from an export
         * @description Needs the scope `workflows:write`.
         */
        post: operations["importWorkflow"];
    };
    "/v1/workflows/validate": {
        parameters: {
        };
        /**
         * Everything that is wrong with a graph, without storing it
         * @description Needs the scope `workflows:read`.
         */
        post: operations["validateGraph"];
    };
    "/v1/workflows/{workflowId}": {
        parameters: {
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
        /**
         * Delete a workflow: no new runs; runs and versions can still be read
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteWorkflow"];
        /**
         * Change some fields of the draft; what is not sent stays as it is
         * @description Needs the scope `workflows:write`.
         */
        patch: operations["patchWorkflow"];
    };
    "/v1/workflows/{workflowId}/duplicate": {
        parameters: {
        };
        /**
         * A new workflow with the same draft; versions and runs stay with the old one
         * @description Needs the scope `workflows:write`.
         */
        post: operations["duplicateWorkflow"];
    };
    "/v1/workflows/{workflowId}/export": {
        parameters: {
        };
        /**
         * The draft or a version as a file that can be imported elsewhere
         * @description Needs the scope `workflows:read`.
         */
        get: operations["exportWorkflow"];
    };
    "/v1/workflows/{workflowId}/optimize": {
        parameters: {
        };
        /**
         * Advice on a version by what was recorded of its runs; changes nothing
         * @description Each change is tried out on the recorded runs before it is said: `expectedGain` is what they would have taken less. With `patch`, `draft` is the graph with all that is safe; it is valid, and gives the same output for every run in `check`. Needs the scope `workflows:read`.
         */
        post: operations["optimizeWorkflow"];
    };
    "/v1/workflows/{workflowId}/publications": {
        parameters: {
        };
        /**
         * What new runs took from when on, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflowPublications"];
    };
    "/v1/workflows/{workflowId}/rollback": {
        parameters: {
        };
        /**
         * Publish again what was published before; each call goes one step further back
         * @description Needs the scope `workflows:write`.
         */
        post: operations["rollBackWorkflow"];
    };
    "/v1/workflows/{workflowId}/runs": {
        parameters: {
        };
        /**
         * Start a run and wait for it, follow it, or leave it in the background
         * @description Needs the scope `runs:write`.
         */
        post: operations["startRun"];
    };
    "/v1/workflows/{workflowId}/stats": {
        parameters: {
        };
        /**
         * How the runs of a workflow went: counts, durations, costs and failures
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWorkflowStats"];
    };
    "/v1/workflows/{workflowId}/validate": {
        parameters: {
        };
        /**
         * Everything that is wrong with the draft, or with a graph that may replace it
         * @description Needs the scope `workflows:read`.
         */
        post: operations["validateWorkflow"];
    };
    "/v1/workflows/{workflowId}/versions": {
        parameters: {
        };
        /**
         * List the versions of a workflow, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listWorkflowVersions"];
        /**
         * Freeze the draft as an immutable version; an unchanged draft makes no new one
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createWorkflowVersion"];
    };
    "/v1/workflows/{workflowId}/versions/{a}/diff/{b}": {
        parameters: {
        };
        /**
         * What became of version a in version b
         * @description Needs the scope `workflows:read`.
         */
        get: operations["diffWorkflowVersions"];
    };
    "/v1/workflows/{workflowId}/versions/{number}": {
        parameters: {
        };
        /**
         * Get one version
         * @description Needs the scope `workflows:read`.
         */
        get: operations["getWorkflowVersion"];
    };
    "/v1/workflows/{workflowId}/versions/{number}/publish": {
        parameters: {
        };
        /**
         * Make a version the one that new runs take; an older one rolls back
         * @description Needs the scope `workflows:write`.
         */
        post: operations["publishWorkflowVersion"];
    };
    "/v2/aliases": {
        parameters: {
        };
        /**
         * List aliases, newest first
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listAliases"];
        /**
         * Give a name to a version, or to several by weight
         * @description Needs the scope `workflows:write`.
         */
        post: operations["createAlias"];
    };
    "/v2/aliases/{aliasId}": {
        parameters: {
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
        /**
         * Delete an alias: what names it starts no run any more
         * @description Needs the scope `workflows:write`.
         */
        delete: operations["deleteAlias"];
    };
    "/v2/aliases/{aliasId}/changes": {
        parameters: {
        };
        /**
         * Who led an alias where, and why, newest first; also of one that was deleted
         * @description Needs the scope `workflows:read`.
         */
        get: operations["listAliasChanges"];
    };
    "/v2/aliases/{aliasId}/promote": {
        parameters: {
        };
        /**
         * Let a canary take all runs
         * @description Needs the scope `workflows:write`.
         */
        post: operations["promoteAlias"];
    };
    "/v2/budgets": {
        parameters: {
        };
        /**
         * List the budgets of the project and of its organization, newest first
         * @description Needs the scope `budgets:read`.
         */
        get: operations["listBudgets"];
        /**
         * Limit what may be spent on models
         * @description It counts the calls that begin from a second after this on. One of scope `organization` needs the scope `organizations:write`, too. Needs the scope `budgets:write`.
         */
        post: operations["createBudget"];
    };
    "/v2/budgets/{budgetId}": {
        parameters: {
        };
        /**
         * Get a budget, and what is left, reserved and spent of it now
         * @description Needs the scope `budgets:read`.
         */
        get: operations["getBudget"];
        /**
         * Delete a budget: it limits nothing any more
         * @description Needs the scope `budgets:write`.
         */
        delete: operations["deleteBudget"];
        /**
         * Change its limit, or what happens near its end
         * @description Needs the scope `budgets:write`.
         */
        patch: operations["changeBudget"];
    };
    "/v2/budgets/{budgetId}/ledger": {
        parameters: {
        };
        /**
         * List what was reserved and spent of a budget, newest first
         * @description One of scope `organization` needs the scope `organizations:read`, too. Needs the scope `budgets:read`.
         */
        get: operations["listLedgerEntries"];
    };
    "/v2/callbacks/{token}": {
        parameters: {
        };
        /**
         * Deliver an event to the node of a run that waits for it; the body is its data
         * @description Needs no key.
         */
        post: operations["deliverCallback"];
    };
    "/v2/datasets": {
        parameters: {
        };
        /**
         * List the datasets of the project, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listDatasets"];
        /**
         * Begin a collection of cases that agents are tested with
         * @description Needs the scope `agents:write`.
         */
        post: operations["createDataset"];
    };
    "/v2/datasets/{datasetId}": {
        parameters: {
        };
        /**
         * Get a dataset; its cases are a list of their own
         * @description Needs the scope `agents:read`.
         */
        get: operations["getDataset"];
        /**
         * Delete a dataset; experiments that ran on it keep their results
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteDataset"];
        /**
         * Change the name or the description of a dataset
         * @description Needs the scope `agents:write`.
         */
        patch: operations["updateDataset"];
    };
    "/v2/datasets/{datasetId}/cases": {
        parameters: {
        };
        /**
         * List the cases of a dataset, in the order in which they were added
         * @description Needs the scope `agents:read`.
         */
        get: operations["listDatasetCases"];
        /**
         * Add cases to a dataset: all of them, or none
         * @description Needs the scope `agents:write`.
         */
        post: operations["addDatasetCases"];
    };
    "/v2/datasets/{datasetId}/cases/{caseId}": {
        parameters: {
        };
        /**
         * Get a case of a dataset
         * @description Needs the scope `agents:read`.
         */
        get: operations["getDatasetCase"];
        /**
         * Replace a case of a dataset; experiments that ran on it keep the one that it was
         * @description Needs the scope `agents:write`.
         */
        put: operations["replaceDatasetCase"];
        /**
         * Take a case out of a dataset
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteDatasetCase"];
    };
    "/v2/dead-letters": {
        parameters: {
        };
        /**
         * List what could not be carried out because something broke, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listDeadLetters"];
    };
    "/v2/dead-letters/{deadLetterId}": {
        parameters: {
        };
        /**
         * Get a dead letter
         * @description Needs the scope `runs:read`.
         */
        get: operations["getDeadLetter"];
        /**
         * Delete a dead letter; its run stays as it is
         * @description Needs the scope `runs:write`.
         */
        delete: operations["deleteDeadLetter"];
    };
    "/v2/dead-letters/{deadLetterId}:redrive": {
        parameters: {
        };
        /**
         * Execute again what failed of its run
         * @description Needs the scope `runs:write`.
         */
        post: operations["redriveDeadLetter"];
    };
    "/v2/dead-letters:redrive": {
        parameters: {
        };
        /**
         * Redrive up to 100 dead letters; each is answered for itself
         * @description Needs the scope `runs:write`.
         */
        post: operations["redriveDeadLetters"];
    };
    "/v2/evaluators": {
        parameters: {
        };
        /**
         * List the evaluators of the project, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listEvaluators"];
        /**
         * Say how the answers of agents are scored
         * @description Needs the scope `agents:write`.
         */
        post: operations["createEvaluator"];
    };
    "/v2/evaluators/{evaluatorId}": {
        parameters: {
        };
        /**
         * Get an evaluator
         * @description Needs the scope `agents:read`.
         */
        get: operations["getEvaluator"];
        /**
         * Change an evaluator; experiments that were begun judge as they were told
         * @description Needs the scope `agents:write`.
         */
        put: operations["replaceEvaluator"];
        /**
         * Delete an evaluator; experiments keep what they judged by
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteEvaluator"];
    };
    "/v2/events": {
        parameters: {
        };
        /**
         * Tell an event to the triggers and the runs that wait for it
         * @description An `Idempotency-Key` is the id of the event: told twice, it is still one. Needs the scope `runs:write`.
         */
        post: operations["emitEvent"];
    };
    "/v2/experiments": {
        parameters: {
        };
        /**
         * List the experiments of the project, newest first
         * @description Needs the scope `agents:read`.
         */
        get: operations["listExperiments"];
        /**
         * Run versions of an agent on the cases of a dataset, and score their answers
         * @description The runs are made in the background, on the dataset and by the evaluators as they are now. Of two versions it says at the end whether one is better. Needs the scope `agents:write`.
         */
        post: operations["createExperiment"];
    };
    "/v2/experiments/{experimentId}": {
        parameters: {
        };
        /**
         * Get an experiment: how far it is, then what came of it
         * @description Needs the scope `agents:read`.
         */
        get: operations["getExperiment"];
        /**
         * Delete an experiment that is over, with its results
         * @description Needs the scope `agents:write`.
         */
        delete: operations["deleteExperiment"];
    };
    "/v2/experiments/{experimentId}/cancel": {
        parameters: {
        };
        /**
         * Cancel an experiment, and the runs of it that are under way
         * @description Needs the scope `agents:write`.
         */
        post: operations["cancelExperiment"];
    };
    "/v2/experiments/{experimentId}/results": {
        parameters: {
        };
        /**
         * List the runs of an experiment, case by case, with their answers and scores
         * @description Needs the scope `agents:read`.
         */
        get: operations["listExperimentResults"];
    };
    "/v2/members": {
        parameters: {
        };
        /**
         * List the members of the organization, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listMembers"];
        /**
         * Add a person to the organization, by e-mail address or by their subject in OIDC
         * @description Needs the scope `organizations:write`.
         */
        post: operations["addMember"];
    };
    "/v2/members/{memberId}": {
        parameters: {
        };
        /**
         * Get a member of the organization
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getMember"];
        /**
         * Remove a member, and revoke the keys that they made for themselves
         * @description Needs the scope `organizations:write`.
         */
        delete: operations["removeMember"];
        /**
         * Give a member another role
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateMember"];
    };
    "/v2/memory": {
        parameters: {
        };
        /**
         * List what is remembered, by scope, owner and key
         * @description Needs the scope `runs:read`.
         */
        get: operations["listMemory"];
    };
    "/v2/memory/search": {
        parameters: {
        };
        /**
         * Find what is remembered for one owner by the words of a question
         * @description In Korean, particles and spaces do not matter. Best first; what shares no word with the question is not found. Needs the scope `runs:read`.
         */
        post: operations["searchMemory"];
    };
    "/v2/memory/{scope}/{owner}": {
        parameters: {
        };
        /**
         * Forget all that is remembered for one owner, such as a person who asks for it
         * @description Needs the scope `runs:write`.
         */
        delete: operations["forgetMemoryOwner"];
    };
    "/v2/memory/{scope}/{owner}/{key}": {
        parameters: {
        };
        /**
         * Get what is remembered by a key
         * @description Needs the scope `runs:read`.
         */
        get: operations["getMemory"];
        /**
         * Remember something by a key, instead of what was there
         * @description With `If-Match`, only instead of what its author has seen. An agent or a thread that owns it has to be there. Needs the scope `runs:write`.
         */
        put: operations["writeMemory"];
        /**
         * Forget what is remembered by a key
         * @description Needs the scope `runs:write`.
         */
        delete: operations["deleteMemory"];
    };
    "/v2/organizations": {
        parameters: {
        };
        /**
         * Create an organization with a first project and its first API key
         * @description For whoever runs the installation: only the first key of it has the scope, and keys that it gives it to. The key that is made has all scopes of its maker but this one; nobody outside of the new organization sees anything of it. Needs the scope `organizations:create`.
         */
        post: operations["createOrganization"];
    };
    "/v2/organizations/current": {
        parameters: {
        };
        /**
         * Get the organization that the key belongs to
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getOrganization"];
        /**
         * Rename the organization
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateOrganization"];
    };
    "/v2/projects": {
        parameters: {
        };
        /**
         * List the projects of the organization, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listProjects"];
        /**
         * Create a project, and a first API key for it where one is asked for
         * @description A key is for one project. The first key of another one is made here; it can do no more than the key that makes it. Needs the scope `organizations:write`.
         */
        post: operations["createProject"];
    };
    "/v2/projects/{projectId}": {
        parameters: {
        };
        /**
         * Get a project of the organization
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getProject"];
        /**
         * Rename a project
         * @description Needs the scope `organizations:write`.
         */
        patch: operations["updateProject"];
    };
    "/v2/quotas": {
        parameters: {
        };
        /**
         * Get the limits of the organization
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getQuotas"];
        /**
         * Choose limits of the organization, in place of those chosen before
         * @description A limit that is there may be lowered, and others may be added. What the operator allows is never exceeded. All gateways know within 10 s, mostly at once. Needs the scope `organizations:write`.
         */
        put: operations["chooseQuotas"];
    };
    "/v2/runs": {
        parameters: {
        };
        /**
         * Start a run, with a priority, a concurrency key, a time to live or a debounce
         * @description Needs the scope `runs:write`.
         */
        post: operations["orderRun"];
    };
    "/v2/runs/{runId}/effects": {
        parameters: {
        };
        /**
         * List what a run does beyond itself, and how far each of it has come
         * @description Needs the scope `runs:read`.
         */
        get: operations["listRunEffects"];
    };
    "/v2/runs/{runId}/effects/{effectId}:resolve": {
        parameters: {
        };
        /**
         * Say what became of a write whose outcome nobody knows
         * @description Needs the scope `runs:write`.
         */
        post: operations["resolveRunEffect"];
    };
    "/v2/runs/{runId}/events": {
        parameters: {
        };
        /**
         * Server-sent events of a run: all that happened, then all that happens
         * @description Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `node.delta` events without an `id`: pieces of the text that a node is about to give, of which some may be lost. Needs the scope `runs:read`.
         */
        get: operations["followRunV2"];
    };
    "/v2/runs/{runId}/explain": {
        parameters: {
        };
        /**
         * Say why a run went the way it did, what it waited for, and what it cost
         * @description Needs the scope `runs:read`.
         */
        get: operations["explainRun"];
    };
    "/v2/runs/{runId}/signals/{name}": {
        parameters: {
        };
        /**
         * Give a signal to a run: to the node that waits for it, or to the next that will
         * @description Needs the scope `runs:write`.
         */
        post: operations["signalRun"];
    };
    "/v2/runs/{runId}:fork": {
        parameters: {
        };
        /**
         * Start a run that takes over what had happened in another one by a checkpoint
         * @description Results are taken over and cost nothing again; what was under way is executed, and waits begin anew. Needs the scope `runs:write`.
         */
        post: operations["forkRun"];
    };
    "/v2/runs/{runId}:replay": {
        parameters: {
        };
        /**
         * Decide a run again with its recorded results, and compare
         * @description Results, timers, signals and votes are those of the record; everything else is computed again, on the version of the run or on another one. Needs the scope `runs:read`.
         */
        post: operations["replayRun"];
    };
    "/v2/runs/{runId}:retryFromFailed": {
        parameters: {
        };
        /**
         * Execute again what failed in a run, and what depends on it; results are kept
         * @description Needs the scope `runs:write`.
         */
        post: operations["retryRunFromFailed"];
    };
    "/v2/runs:batch": {
        parameters: {
        };
        /**
         * Start up to 100 runs; each is answered for itself
         * @description Needs the scope `runs:write`.
         */
        post: operations["orderRuns"];
    };
    "/v2/service-principals": {
        parameters: {
        };
        /**
         * List the service principals of the project, newest first
         * @description Needs the scope `organizations:read`.
         */
        get: operations["listServicePrincipals"];
        /**
         * Create a principal for a program; keys are made for it with `servicePrincipalId`
         * @description Needs the scope `organizations:write`.
         */
        post: operations["createServicePrincipal"];
    };
    "/v2/service-principals/{servicePrincipalId}": {
        parameters: {
        };
        /**
         * Get a service principal
         * @description Needs the scope `organizations:read`.
         */
        get: operations["getServicePrincipal"];
    };
    "/v2/service-principals/{servicePrincipalId}/disable": {
        parameters: {
        };
        /**
         * Refuse all keys of a service principal from now on
         * @description Needs the scope `organizations:write`.
         */
        post: operations["disableServicePrincipal"];
    };
    "/v2/service-principals/{servicePrincipalId}/enable": {
        parameters: {
        };
        /**
         * Take the keys of a service principal again
         * @description Needs the scope `organizations:write`.
         */
        post: operations["enableServicePrincipal"];
    };
    "/v2/threads": {
        parameters: {
        };
        /**
         * List the threads of the project, newest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listThreads"];
        /**
         * Begin a conversation with agents
         * @description Needs the scope `runs:write`.
         */
        post: operations["createThread"];
    };
    "/v2/threads/{threadId}": {
        parameters: {
        };
        /**
         * Get a thread; what was said in it is a list of its own
         * @description Needs the scope `runs:read`.
         */
        get: operations["getThread"];
        /**
         * Delete a thread and what was said in it; its executions are kept
         * @description Needs the scope `runs:write`.
         */
        delete: operations["deleteThread"];
        /**
         * Change the title or the metadata of a thread
         * @description Needs the scope `runs:write`.
         */
        patch: operations["updateThread"];
    };
    "/v2/threads/{threadId}/messages": {
        parameters: {
        };
        /**
         * List what was said in a thread, oldest first
         * @description Needs the scope `runs:read`.
         */
        get: operations["listThreadMessages"];
    };
    "/v2/webhook-endpoints": {
        parameters: {
        };
        /**
         * List the webhook endpoints of the project, newest first
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookEndpoints"];
        /**
         * Be told of what happens in runs, by signed requests to a URL
         * @description Requests are signed as https://www.standardwebhooks.com has it; the secret is in this answer alone. Needs the scope `webhooks:write`.
         */
        post: operations["createWebhookEndpoint"];
    };
    "/v2/webhook-endpoints/{endpointId}": {
        parameters: {
        };
        /**
         * Get a webhook endpoint, and whether it takes what it is sent
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookEndpoint"];
        /**
         * Delete a webhook endpoint with all that waits for it
         * @description Needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        /**
         * Change a webhook endpoint, or enable and disable it
         * @description Needs the scope `webhooks:write`.
         */
        patch: operations["updateWebhookEndpoint"];
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries": {
        parameters: {
        };
        /**
         * List what an endpoint was told in the last 7 days, newest first
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookDeliveries"];
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries/{deliveryId}": {
        parameters: {
        };
        /**
         * Get a delivery, with what is sent
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookDelivery"];
    };
    "/v2/webhook-endpoints/{endpointId}/deliveries/{deliveryId}:redeliver": {
        parameters: {
        };
        /**
         * Deliver once more, under the same `webhook-id`, with all tries anew
         * @description Needs the scope `webhooks:write`.
         */
        post: operations["redeliverWebhook"];
    };
    "/v2/webhook-endpoints/{endpointId}/secret:rotate": {
        parameters: {
        };
        /**
         * Sign with a new secret, and for some time with the old one as well
         * @description Needs the scope `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
    };
    "/v2/webhook-endpoints/{endpointId}:test": {
        parameters: {
        };
        /**
         * Send an event `webhook.test` to an endpoint
         * @description Its delivery says how the endpoint took it. Needs the scope `webhooks:write`.
         */
        post: operations["testWebhookEndpoint"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description As JSON, or a case a line as application/x-ndjson. A case has at most 65536 bytes */
        AddDatasetCases: components["schemas"]["DatasetCaseBody"][];
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
        AdviseWorkflow: {
            /** @description Absent: the published one, else the newest */
            version?: number;
            /**
             * @description How many of the last runs that have ended are looked at
             * @default 50
             */
            runs?: number;
            /**
             * @description How often the model is shown what is wrong with its proposals
             * @default 1
             */
            maxRepairs?: number;
        };
        AdvisedWorkflow: {
            /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
            workflowId: string;
            version: number;
            runs: {
                read: number;
                leftOut: number;
            };
            /**
             * @description `static`: only what playing recorded runs has found; `explanation` says why
             * @enum {string}
             */
            source: "static" | "static-and-model";
            explanation: string;
            /** @description Tried out on recorded runs */
            advice: {
                kind: string;
                nodeIds: string[];
                title: string;
                detail: string;
                /** @enum {string} */
                confidence: "low" | "medium" | "high";
                /** @description Whether `draft` has it */
                applied: boolean;
                expectedGain: {
                    latencyMsP50: number;
                    costMicroUsdPerRun: number;
                    basis: {
                        runs: number;
                        affectedRuns: number;
                        beforeMsP50: number;
                        afterMsP50: number;
                    };
                };
            }[];
            /** @description Runs that were played under the version and under `draft`: all alike */
            check: {
                checked: number;
                skipped: number;
            };
            draft: components["schemas"]["Graph2"];
            nodes: {
                nodeId: string;
                executions: number;
                latencyMsP50: number;
                latencyMsP95: number;
                costMicroUsd: number;
                failures: number;
                retries: number;
                cached: number;
            }[];
            /** @description Of a model, each by itself on `draft` */
            proposals: components["schemas"]["WorkflowProposal"][];
            /** @description What the model proposed last, and the checks have not let through */
            refused: {
                title: string;
                problems: {
                    pointer: string;
                    message: string;
                    code?: string;
                }[];
            }[];
            /** @description Calls of the model */
            attempts: number;
            usage: components["schemas"]["HelperUsage"] | null;
        };
        Agent: {
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example order-desk */
            name: string;
            description: string;
            definition: components["schemas"]["AgentDefinition"];
            /** @description 0 when there is no version yet */
            latestVersion: number;
            /** @description The version that new executions take */
            publishedVersion: number | null;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AgentAlias: {
            /** @example prod */
            name: string;
            version: number;
            changedBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AgentAliasPage: {
            data: components["schemas"]["AgentAlias"][];
            nextCursor: string | null;
        };
        AgentDefinition: {
            /** @example You answer questions about orders. Be brief. */
            instructions: string;
            /**
             * @description Absent: the default model of the installation
             * @example demo
             */
            model?: string;
            /**
             * @description Asked in this order when the one before fails
             * @default []
             */
            fallbackModels: string[];
            temperature?: number;
            maxOutputTokens?: number;
            /** @default [] */
            tools: {
                /**
                 * @description A tool that is built in, one of the registry of the project, or `mcp:<server>/<tool>`
                 * @example calculator
                 */
                tool: string;
                /**
                 * @description Whether a human decides before it is called. Absent: `policy`, for writes after untrusted content
                 * @enum {string}
                 */
                approval?: "never" | "always" | "policy";
                /** @description As the tool wants it, such as the hosts that it may reach */
                config?: {
                    [key: string]: unknown;
                };
                /** @description JSON Schema that the arguments must meet beside that of the tool */
                constraints?: {
                    [key: string]: unknown;
                };
            }[];
            /**
             * @description What `knowledge_search` looks in
             * @default []
             */
            knowledgeBaseIds: string[];
            /** @description JSON Schema of the answer; absent: text */
            outputSchema?: {
                [key: string]: unknown;
            };
            memory?: {
                /**
                 * @default {
                 *       "maxMessages": 20
                 *     }
                 */
                thread: {
                    /**
                     * @description So many of the last messages of a thread is the model told
                     * @default 20
                     */
                    maxMessages: number;
                    /**
                     * @description What is older is told as a summary, which its model writes after an answer, when there are twice as many messages. Then `maxMessages` does not count
                     * @example {
                     *       "keepMessages": 12
                     *     }
                     */
                    summary?: {
                        /**
                         * @description So many of the last messages are always told as they were said
                         * @default 12
                         */
                        keepMessages: number;
                    };
                };
                /**
                 * @description What it remembers beyond the thread, with `memory_read`, `memory_search` and `memory_write`: for itself, the project, the thread, or the person it works for
                 * @example [
                 *       "user"
                 *     ]
                 */
                scopes?: ("agent" | "project" | "thread" | "user")[];
                /**
                 * @description Whether it may write there, too; absent: `write`
                 * @enum {string}
                 */
                access?: "read" | "write";
            };
            /**
             * @default {
             *       "maxSteps": 20,
             *       "maxTokens": 500000,
             *       "maxCostMicroUsd": 1000000,
             *       "timeoutMs": 600000
             *     }
             */
            limits: {
                /**
                 * @description Calls of the model
                 * @default 20
                 */
                maxSteps: number;
                /**
                 * @description Of all calls together, in and out
                 * @default 500000
                 */
                maxTokens: number;
                /**
                 * @description Micro-US-dollars of all calls together: 1 USD = 1,000,000
                 * @default 1000000
                 */
                maxCostMicroUsd: number;
                /**
                 * @description From the start, waiting for approvals included
                 * @default 600000
                 */
                timeoutMs: number;
            };
            /** @default [] */
            guardrails: {
                /** @enum {string} */
                check: "pii" | "injection" | "links" | "moderation" | "schema" | "regex";
                /** @enum {string} */
                action: "block" | "redact" | "flag";
                /**
                 * @description `both`: what is said to the agent and by it. What it hands to tools, and what they give back, has rules of its own
                 * @enum {string}
                 */
                on: "input" | "output" | "both" | "tool-arguments" | "tool-result";
                config?: {
                    [key: string]: unknown;
                };
            }[];
        };
        AgentDefinitionInput: {
            /** @example You answer questions about orders. Be brief. */
            instructions: string;
            /**
             * @description Absent: the default model of the installation
             * @example demo
             */
            model?: string;
            /**
             * @description Asked in this order when the one before fails
             * @default []
             */
            fallbackModels?: string[];
            temperature?: number;
            maxOutputTokens?: number;
            /** @default [] */
            tools?: {
                /**
                 * @description A tool that is built in, one of the registry of the project, or `mcp:<server>/<tool>`
                 * @example calculator
                 */
                tool: string;
                /**
                 * @description Whether a human decides before it is called. Absent: `policy`, for writes after untrusted content
                 * @enum {string}
                 */
                approval?: "never" | "always" | "policy";
                /** @description As the tool wants it, such as the hosts that it may reach */
                config?: {
                    [key: string]: unknown;
                };
                /** @description JSON Schema that the arguments must meet beside that of the tool */
                constraints?: {
                    [key: string]: unknown;
                };
            }[];
            /**
             * @description What `knowledge_search` looks in
             * @default []
             */
            knowledgeBaseIds?: string[];
            /** @description JSON Schema of the answer; absent: text */
            outputSchema?: {
                [key: string]: unknown;
            };
            memory?: {
                /**
                 * @default {
                 *       "maxMessages": 20
                 *     }
                 */
                thread?: {
                    /**
                     * @description So many of the last messages of a thread is the model told
                     * @default 20
                     */
                    maxMessages?: number;
                    /**
                     * @description What is older is told as a summary, which its model writes after an answer, when there are twice as many messages. Then `maxMessages` does not count
                     * @example {
                     *       "keepMessages": 12
                     *     }
                     */
                    summary?: {
                        /**
                         * @description So many of the last messages are always told as they were said
                         * @default 12
                         */
                        keepMessages?: number;
                    };
                };
                /**
                 * @description What it remembers beyond the thread, with `memory_read`, `memory_search` and `memory_write`: for itself, the project, the thread, or the person it works for
                 * @example [
                 *       "user"
                 *     ]
                 */
                scopes?: ("agent" | "project" | "thread" | "user")[];
                /**
                 * @description Whether it may write there, too; absent: `write`
                 * @enum {string}
                 */
                access?: "read" | "write";
            };
            /**
             * @default {
             *       "maxSteps": 20,
             *       "maxTokens": 500000,
             *       "maxCostMicroUsd": 1000000,
             *       "timeoutMs": 600000
             *     }
             */
            limits?: {
                /**
                 * @description Calls of the model
                 * @default 20
                 */
                maxSteps?: number;
                /**
                 * @description Of all calls together, in and out
                 * @default 500000
                 */
                maxTokens?: number;
                /**
                 * @description Micro-US-dollars of all calls together: 1 USD = 1,000,000
                 * @default 1000000
                 */
                maxCostMicroUsd?: number;
                /**
                 * @description From the start, waiting for approvals included
                 * @default 600000
                 */
                timeoutMs?: number;
            };
            /** @default [] */
            guardrails?: {
                /** @enum {string} */
                check: "pii" | "injection" | "links" | "moderation" | "schema" | "regex";
                /** @enum {string} */
                action: "block" | "redact" | "flag";
                /**
                 * @description `both`: what is said to the agent and by it. What it hands to tools, and what they give back, has rules of its own
                 * @enum {string}
                 */
                on: "input" | "output" | "both" | "tool-arguments" | "tool-result";
                config?: {
                    [key: string]: unknown;
                };
            }[];
        };
        AgentDiff: {
            added: {
                /** @description RFC 6901 pointer into the definition */
                path: string;
                value: unknown;
            }[];
            removed: {
                /** @description RFC 6901 pointer into the definition */
                path: string;
                value: unknown;
            }[];
            changed: {
                /** @description RFC 6901 pointer into the definition */
                path: string;
                before: unknown;
                after: unknown;
            }[];
        };
        AgentGate: {
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            evaluatorIds: string[];
            /**
             * @description Of the mean over the cases
             * @example 0.8
             */
            minScore: number;
            /**
             * @description Whether the experiment has to compare it with the published version, and not find it worse
             * @default true
             */
            noWorseThanPublished: boolean;
            updatedBy: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AgentPage: {
            data: components["schemas"]["AgentSummary"][];
            nextCursor: string | null;
        };
        AgentPublication: {
            versionNumber: number;
            /** @enum {string} */
            kind: "publish" | "rollback" | "alias";
            /** @example prod */
            alias?: string;
            /** @description Why it was published although it did not meet its gate */
            forceReason?: string;
            publishedBy: string;
            /** Format: date-time */
            publishedAt: string;
        };
        AgentPublicationPage: {
            data: components["schemas"]["AgentPublication"][];
            nextCursor: string | null;
        };
        AgentRun: {
            /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            agentVersion: number;
            threadId: string | null;
            /**
             * @description `waiting`: for an answer of another service, or for a person
             * @enum {string}
             */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";
            /** @description Calls of the model */
            steps: number;
            usage: {
                inputTokens: number;
                outputTokens: number;
                costMicroUsd: number;
            };
            error: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            } | null;
            startedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            /** Format: date-time */
            deadlineAt: string;
            /** @description Messages */
            input: unknown[];
            /** @description Text, or JSON where the agent has an `outputSchema` */
            output: unknown;
            /** @description What the model had said when it failed or was cancelled */
            partial: string | null;
            /**
             * @default {
             *       "maxSteps": 20,
             *       "maxTokens": 500000,
             *       "maxCostMicroUsd": 1000000,
             *       "timeoutMs": 600000
             *     }
             */
            limits: {
                /**
                 * @description Calls of the model
                 * @default 20
                 */
                maxSteps: number;
                /**
                 * @description Of all calls together, in and out
                 * @default 500000
                 */
                maxTokens: number;
                /**
                 * @description Micro-US-dollars of all calls together: 1 USD = 1,000,000
                 * @default 1000000
                 */
                maxCostMicroUsd: number;
                /**
                 * @description From the start, waiting for approvals included
                 * @default 600000
                 */
                timeoutMs: number;
            };
            pendingApprovals: {
                /** @example c2_0 */
                callId: string;
                tool: string;
                input: unknown;
                /** @description Why a person has to decide */
                reason: string;
                /** @description Of the tool, the arguments and the execution: a decision is on nothing else */
                hash: string;
            }[];
        };
        AgentRunPage: {
            data: components["schemas"]["AgentRunSummary"][];
            nextCursor: string | null;
        };
        AgentRunStep: {
            /** @description Of the event that tells of it */
            version: number;
            /** @enum {string} */
            kind: "model-call" | "tool-call" | "tool-sent" | "approval-request" | "approval";
            /** @description Which call of the model it belongs to */
            step: number;
            /** Format: date-time */
            at: string;
            callId?: string;
            tool?: string;
            text?: string;
            toolCalls?: unknown[];
            /** @description What guardrails have flagged or redacted: { check, kind, action, on, count } */
            findings?: unknown[];
            finishReason?: string;
            /** @enum {string} */
            status?: "succeeded" | "failed";
            input?: unknown;
            output?: unknown;
            error?: unknown;
            isUntrusted?: boolean;
            reason?: string;
            /** @enum {string} */
            decision?: "approve" | "reject";
            decidedBy?: string;
            usage?: {
                model?: string;
                inputTokens: number;
                outputTokens: number;
                costMicroUsd: number;
            };
            durationMs?: number;
        };
        AgentRunStepPage: {
            data: components["schemas"]["AgentRunStep"][];
            nextCursor: string | null;
        };
        AgentRunSummary: {
            /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            agentVersion: number;
            threadId: string | null;
            /**
             * @description `waiting`: for an answer of another service, or for a person
             * @enum {string}
             */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";
            /** @description Calls of the model */
            steps: number;
            usage: {
                inputTokens: number;
                outputTokens: number;
                costMicroUsd: number;
            };
            error: {
                /** @example model.unavailable */
                code: string;
                message: string;
                /** @enum {string} */
                class?: "invalid" | "timeout" | "unavailable" | "rate-limited" | "rejected" | "unknown-outcome" | "interrupted" | "internal";
                retryAfterMs?: number;
            } | null;
            startedBy: string;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            endedAt: string | null;
            /** Format: date-time */
            deadlineAt: string;
        };
        AgentSummary: {
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example order-desk */
            name: string;
            description: string;
            /** @description 0 when there is no version yet */
            latestVersion: number;
            /** @description The version that new executions take */
            publishedVersion: number | null;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AgentTeam: {
            /** @example team_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            description: string;
            definition: components["schemas"]["TeamDefinition"];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        AgentTeamPage: {
            data: components["schemas"]["AgentTeam"][];
            nextCursor: string | null;
        };
        AgentTeamRun: {
            /** @example tru_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example team_0198c0de4a7b7c3e9f10223344556677 */
            teamId: string;
            /** @enum {string} */
            status: "running" | "succeeded" | "failed" | "cancelled";
            input: string;
            /** @description In words */
            answer: string | null;
            /** @description As the pattern gives it: votes, a ruling, answers by member */
            output: unknown;
            error: {
                code: string;
                message: string;
            } | null;
            /** @description What each member has cost, in the order in which they first spoke */
            costs: {
                member: string;
                turns: number;
                /** @description Micro-US-dollars: 1 USD = 1,000,000 */
                costMicroUsd: number;
                inputTokens: number;
                outputTokens: number;
            }[];
            /** @description Micro-US-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        AgentTeamRunPage: {
            data: components["schemas"]["AgentTeamRunSummary"][];
            nextCursor: string | null;
        };
        AgentTeamRunSummary: {
            /** @example tru_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example team_0198c0de4a7b7c3e9f10223344556677 */
            teamId: string;
            /** @enum {string} */
            status: "running" | "succeeded" | "failed" | "cancelled";
            input: string;
            /** @description In words */
            answer: string | null;
            /** @description As the pattern gives it: votes, a ruling, answers by member */
            output: unknown;
            error: {
                code: string;
                message: string;
            } | null;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        AgentTeamTranscript: {
            data: components["schemas"]["AgentTeamTurn"][];
            nextCursor: string | null;
        };
        AgentTeamTurn: {
            position: number;
            member: string;
            /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
            executionId: string;
            /** @enum {string} */
            status: "asked" | "succeeded" | "failed";
            /** @description Members in whose name it acted: it could do nothing that one of them may not do */
            onBehalfOf: string[];
            /** @description What it was asked */
            asked: string;
            text: string;
            object?: unknown;
            error?: {
                code: string;
                message: string;
            };
            /** @description Micro-US-dollars: 1 USD = 1,000,000 */
            costMicroUsd: number;
            inputTokens: number;
            outputTokens: number;
        };
        AgentVersion: {
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            number: number;
            definition: components["schemas"]["AgentDefinition"];
            /** @description SHA-256 of the definition */
            hash: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
        };
        AgentVersionPage: {
            data: components["schemas"]["AgentVersion"][];
            nextCursor: string | null;
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
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "knowledge:read-all" | "analytics:read" | "models:use" | "agents:read" | "agents:write" | "tools:read" | "tools:write" | "budgets:read" | "budgets:write" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "organizations:create" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
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
        ApplyOptimization: {
            /** @description Absent: the one that was shown to be better */
            candidate?: number;
            /**
             * @description Also when the draft has other instructions by now than those that were optimized
             * @default false
             */
            overwrite?: boolean;
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
        ApproveMcpTool: {
            /**
             * @description Of all that the server says of the tool
             * @example 0000000000000000000000000000000000000000000000000000000000000000
             */
            hash: string;
            /**
             * @description What you take it to do; what the server says of that counts for nothing
             * @default write
             * @enum {string}
             */
            effect?: "read" | "write";
        };
        AskAssistant: {
            /** @example 환불 승인은 왜 실패했어? */
            message: string;
            /**
             * @description What was said before, oldest first
             * @default []
             */
            history?: {
                /** @enum {string} */
                role: "user" | "assistant";
                content: string;
            }[];
        };
        AssistantReply: {
            /** @description Cites by `[wf_…]` and `[run_…]` */
            answer: string;
            /** @description Only what was found, and belongs to the project */
            citations: {
                id: string;
                /** @enum {string} */
                kind: "workflow" | "run";
                /** @description Of the workflow */
                name: string;
                /** @example /v1/runs/run_0198c0de4a7b7c3e9f10223344556677 */
                path: string;
            }[];
            /** @description Taken out of the answer: the model cited what was not found */
            droppedCitations: number;
            found: {
                workflows: number;
                runs: number;
            };
            /**
             * @description `list`: no model is configured, and the answer is a list of what was found
             * @enum {string}
             */
            source: "model" | "list";
            usage: components["schemas"]["HelperUsage"] | null;
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
        Budget: {
            /** @example bud_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /**
             * @description `run`: each run, or execution of an agent, has the whole limit for itself
             * @example project
             * @enum {string}
             */
            scope: "run" | "agent" | "project" | "organization" | "key";
            /**
             * @description Of the calendar in `timeZone`: with each, it is full again
             * @default none
             * @example month
             * @enum {string}
             */
            period: "none" | "day" | "month";
            /**
             * @default UTC
             * @example Asia/Seoul
             */
            timeZone: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            subjectId: string | null;
            /** @example Support, November */
            name: string;
            /**
             * @description In millionths of a US dollar: 25000000 is 25 dollars
             * @example 25000000
             */
            limitMicroUsd: number;
            onExhaustion: {
                /**
                 * @description `stop`: a call that does not fit is refused; `ask`: as well, and an execution waits until somebody raises the limit; `cheaper-model`: near the end, `model` is asked instead
                 * @example stop
                 * @enum {string}
                 */
                policy: "stop" | "cheaper-model" | "ask";
                /** @description Of `cheaper-model`, which needs one */
                model?: string;
                /** @description Of `cheaper-model`: from when so much is spent and reserved; absent: 80 */
                atPercent?: number;
            };
            /**
             * @description The event `budget.warning` is recorded when so much of it is spent
             * @example [
             *       80,
             *       100
             *     ]
             */
            warnAtPercents: number[];
            /** @description In the period that is now; null for the scope `run`: see its ledger */
            current: {
                /**
                 * @description `2026-11-28`, `2026-11`, or empty for all time
                 * @example 2026-11
                 */
                period: string;
                /**
                 * @description Below 0 when calls cost more than was reserved for them
                 * @example 25000000
                 */
                leftMicroUsd: number;
                /**
                 * @description Set apart for calls that are under way
                 * @example 25000000
                 */
                reservedMicroUsd: number;
                /**
                 * @description Of calls that are over
                 * @example 25000000
                 */
                spentMicroUsd: number;
            } | null;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        BudgetPage: {
            data: components["schemas"]["Budget"][];
            nextCursor: string | null;
        };
        CancelRun: {
            /** @description Kept with the run */
            reason?: string;
        };
        ChangeBudget: {
            /** @example Support, November */
            name?: string;
            /**
             * @description In millionths of a US dollar: 25000000 is 25 dollars
             * @example 25000000
             */
            limitMicroUsd?: number;
            onExhaustion?: {
                /**
                 * @description `stop`: a call that does not fit is refused; `ask`: as well, and an execution waits until somebody raises the limit; `cheaper-model`: near the end, `model` is asked instead
                 * @example stop
                 * @enum {string}
                 */
                policy: "stop" | "cheaper-model" | "ask";
                /** @description Of `cheaper-model`, which needs one */
                model?: string;
                /** @description Of `cheaper-model`: from when so much is spent and reserved; absent: 80 */
                atPercent?: number;
            };
            /**
             * @description The event `budget.warning` is recorded when so much of it is spent
             * @example [
             *       80,
             *       100
             *     ]
             */
            warnAtPercents?: number[];
        };
        ChooseQuotas: {
            policies: {
                [key: string]: {
                    /** @enum {string} */
                    kind: "rate";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per period */
                    limit: number;
                    /** @description Seconds */
                    periodS: number;
                    /** @description Requests at once */
                    burst: number;
                } | {
                    /** @enum {string} */
                    kind: "quota";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per window */
                    quota: number;
                    /**
                     * @description A calendar day or month of UTC
                     * @enum {string}
                     */
                    window: "day" | "month";
                } | {
                    /** @enum {string} */
                    kind: "concurrency";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests at the same time */
                    concurrent: number;
                };
            };
        };
        CodeToolSpec: {
            /**
             * @description JavaScript, the body of an async function, as in a `code` node
             * @example return { total: input.prices.reduce((sum, price) => sum + price, 0) }
             */
            source: string;
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
            /** @description As `groupBy` says: the day in UTC, the name of the model, or the id of the workflow or agent; without either, what it was for, such as `knowledge` or `helper` */
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
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "knowledge:read-all" | "analytics:read" | "models:use" | "agents:read" | "agents:write" | "tools:read" | "tools:write" | "budgets:read" | "budgets:write" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "organizations:create" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
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
        CreateBudget: {
            /**
             * @description `run`: each run, or execution of an agent, has the whole limit for itself
             * @example project
             * @enum {string}
             */
            scope: "run" | "agent" | "project" | "organization" | "key";
            /**
             * @description Of the calendar in `timeZone`: with each, it is full again
             * @default none
             * @example month
             * @enum {string}
             */
            period?: "none" | "day" | "month";
            /**
             * @default UTC
             * @example Asia/Seoul
             */
            timeZone?: string;
            /** @description Of the scopes `agent` (`agt_…`) and `key` (`key_…`), which need it */
            subjectId?: string;
            /**
             * @description In millionths of a US dollar: 25000000 is 25 dollars
             * @example 25000000
             */
            limitMicroUsd: number;
            /** @example Support, November */
            name?: string;
            onExhaustion?: {
                /**
                 * @description `stop`: a call that does not fit is refused; `ask`: as well, and an execution waits until somebody raises the limit; `cheaper-model`: near the end, `model` is asked instead
                 * @example stop
                 * @enum {string}
                 */
                policy: "stop" | "cheaper-model" | "ask";
                /** @description Of `cheaper-model`, which needs one */
                model?: string;
                /** @description Of `cheaper-model`: from when so much is spent and reserved; absent: 80 */
                atPercent?: number;
            };
            /**
             * @description The event `budget.warning` is recorded when so much of it is spent
             * @example [
             *       80,
             *       100
             *     ]
             */
            warnAtPercents?: number[];
        };
        CreateDataset: {
            /** @example refund questions */
            name: string;
            description?: string;
        };
        CreateDictionaryEntry: {
            /**
             * @description As it is written, without spaces
             * @example 세종시
             */
            surface: string;
            /**
             * @description What it is found by instead of itself; joined, they are the surface
             * @default []
             * @example [
             *       "세종",
             *       "시"
             *     ]
             */
            parts?: string[];
            /**
             * @description Part of speech: common noun, name, or adverb
             * @default NNG
             * @enum {string}
             */
            tag?: "NNG" | "NNP" | "MAG";
        };
        CreateDocument: {
            /**
             * @description Absent: the URL without its scheme
             * @example refunds.md
             */
            name?: string;
            /** @description Either this or `url` */
            text?: string;
            /** @description A public http or https address: its content is fetched after the answer */
            url?: string;
            resync?: {
                /** @description Seconds after which the URL is asked whether something has changed */
                everyS: number;
            };
            /**
             * @description `text/plain` or `text/markdown`; absent: by the extension of the name
             * @example text/markdown
             */
            mediaType?: string;
            /** @description Who may see a new document; absent: everybody who may read the knowledge base. Of one that is there, it can only be changed by PUT */
            access?: string[];
            /**
             * @description What filters of searches may ask for; it comes with each passage. Of a document that is there, it takes the place of what it has, at once; absent: that stays
             * @example {
             *       "department": "hr",
             *       "year": 2026,
             *       "tags": [
             *         "policy",
             *         "leave"
             *       ]
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean | string[];
            };
        };
        CreateEvaluation: {
            /**
             * @default Evaluation
             * @example 고객 질문 50개
             */
            name?: string;
            queries: {
                /** @example 환불은 언제 되나요? */
                query: string;
                /** @description What answers it: a document, a passage, or whatever passage has this text */
                relevant: ({
                    /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                    documentId: string;
                    /** @description How well it answers. Absent: 1 */
                    grade?: number;
                } | {
                    chunkId: string;
                    /** @description How well it answers. Absent: 1 */
                    grade?: number;
                } | {
                    text: string;
                    /** @description How well it answers. Absent: 1 */
                    grade?: number;
                })[];
            }[];
            /**
             * @description Which documents are searched: a condition on their metadata, or `all`, `any` or `not` of some, in up to two levels. A condition names a `key` and what must hold of it: `is`, `in`, `lt`, `lte`, `gt`, `gte` (a number against a number, a text against a text, by its characters), `contains` (a list that has this text), `exists`. Where a document has nothing, or another type, none of them holds but `"exists": false`
             * @example {
             *       "all": [
             *         {
             *           "key": "department",
             *           "in": [
             *             "hr",
             *             "legal"
             *           ]
             *         },
             *         {
             *           "key": "year",
             *           "gte": 2025
             *         }
             *       ]
             *     }
             */
            filter?: {
                /**
                 * @example department
                 * @example year
                 */
                key: string;
                is?: string | number | boolean;
                in?: (string | number | boolean)[];
                lt?: string | number;
                lte?: string | number;
                gt?: string | number;
                gte?: string | number;
                contains?: string;
                exists?: boolean;
            } | {
                all: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                any: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                not: {
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                };
            };
        };
        CreateExperiment: {
            /** @example refund questions */
            name?: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            /**
             * @description Two are compared. `draft`: is frozen as a version first
             * @example [
             *       1
             *     ]
             */
            versions: (number | "draft")[];
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            evaluatorIds: string[];
            /**
             * @description How often each version is asked each case
             * @default 1
             */
            repetitions?: number;
            /**
             * @description Runs at the same time
             * @default 4
             */
            concurrency?: number;
            /** @description A run is started only when what it may cost by the limits of its version is left. Absent: what the budgets of the agent allow */
            budgetMicroUsd?: number;
        };
        CreateKnowledgeBase: {
            /** @example 고객 지원 */
            name: string;
            /** @description Makes the vectors that it is searched by, besides words. Absent: the model of this installation, if it has one. null: none */
            embeddingModel?: string | null;
            /** @description What vectors count for in a search by both; words count for the rest. Absent: 0.4 */
            vectorWeight?: number;
            /**
             * @description How a search by both makes one list of two. Absent: `weighted`
             * @enum {string}
             */
            fusion?: "weighted" | "rrf";
            /**
             * @description What is less good is never found: the least cosine with the question, or, in a search by `keyword`, the least BM25 score. A search may ask for more. Absent: 0
             * @example 0.4
             */
            minScore?: number;
            /** @description Whether a reranker has the last word, where one is configured, in searches that do not say. Absent: true */
            rerank?: boolean;
            /** @description Looks for small passages, and gives the larger ones around them. Absent or null: what is found is given. After a change, documents are made anew in the background; until each is ready, it is found as it was */
            chunking?: {
                /** @description About so many characters have the passages that are looked for */
                childChars: number;
                /** @description Up to so many have those that are given, made of whole small ones */
                parentChars: number;
            } | null;
        };
        CreateOrganization: {
            /** @example Checkout */
            name: string;
            /** @default Default */
            projectName?: string;
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
        CreateThread: {
            /** @example Order 7 */
            title?: string;
            /**
             * @example {
             *       "customer": "c-17"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateVariable: {
            /**
             * @description Expressions read it as `vars.<name>`
             * @example support_email
             */
            name: string;
            /**
             * @description JSON, at most 16384 bytes
             * @example help@example.com
             */
            value: unknown;
            description?: string;
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
            scopes: ("workflows:read" | "workflows:write" | "runs:read" | "runs:write" | "knowledge:read" | "knowledge:write" | "knowledge:read-all" | "analytics:read" | "models:use" | "agents:read" | "agents:write" | "tools:read" | "tools:write" | "budgets:read" | "budgets:write" | "api-keys:read" | "api-keys:write" | "organizations:read" | "organizations:write" | "organizations:create" | "variables:read" | "variables:write" | "secrets:read" | "secrets:write" | "webhooks:read" | "webhooks:write" | "audit-logs:read")[];
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
        CreatedOrganization: {
            /** @example org_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            project: components["schemas"]["Project"];
            apiKey: components["schemas"]["CreatedApiKey"];
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
        Dataset: {
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            description: string;
            /** @description Rises with each change of cases; an experiment names the one that it ran on */
            revision: number;
            caseCount: number;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DatasetCase: {
            /** @example case_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @description The revision of the dataset that brought it as it is */
            since: number;
            /**
             * @description A question, or a conversation whose last message is to be answered
             * @example 환불은 언제 되나요?
             */
            input: string | {
                /** @enum {string} */
                role: "user" | "assistant";
                content: string;
            }[];
            /**
             * @description A text, or JSON where the agent has an output schema
             * @example 7일 안에 환불됩니다.
             */
            expectedOutput?: unknown;
            expectedToolCalls?: {
                /** @example calculator */
                name: string;
                /**
                 * @description Absent: whatever it is called with
                 * @example {
                 *       "expression": "2 * 21"
                 *     }
                 */
                arguments?: {
                    [key: string]: unknown;
                };
            }[];
            /**
             * @example {
             *       "topic": "refund"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        DatasetCaseBody: {
            /**
             * @description A question, or a conversation whose last message is to be answered
             * @example 환불은 언제 되나요?
             */
            input: string | {
                /** @enum {string} */
                role: "user" | "assistant";
                content: string;
            }[];
            /**
             * @description A text, or JSON where the agent has an output schema
             * @example 7일 안에 환불됩니다.
             */
            expectedOutput?: unknown;
            expectedToolCalls?: {
                /** @example calculator */
                name: string;
                /**
                 * @description Absent: whatever it is called with
                 * @example {
                 *       "expression": "2 * 21"
                 *     }
                 */
                arguments?: {
                    [key: string]: unknown;
                };
            }[];
            /**
             * @example {
             *       "topic": "refund"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        DatasetCasePage: {
            data: components["schemas"]["DatasetCase"][];
            nextCursor: string | null;
        };
        DatasetCasesAdded: {
            ids: string[];
            dataset: components["schemas"]["Dataset"];
        };
        DatasetPage: {
            data: components["schemas"]["Dataset"][];
            nextCursor: string | null;
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
        DecideAgentCall: {
            /** @enum {string} */
            decision: "approve" | "reject";
            /** @description The model is told, when it is refused */
            reason?: string;
            /** @description Of the pending approval: the decision is void for another call */
            hash?: string;
        };
        DictionaryEntry: {
            /** @example word_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            surface: string;
            parts: string[];
            /** @enum {string} */
            tag: "NNG" | "NNP" | "MAG";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DictionaryEntryPage: {
            data: components["schemas"]["DictionaryEntry"][];
            nextCursor: string | null;
        };
        Document: {
            /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            name: string;
            /** @description What it was said to be when it was sent */
            mediaType: string;
            sizeBytes: number;
            /** @enum {string} */
            status: "queued" | "ingesting" | "ready" | "failed";
            progress?: components["schemas"]["DocumentProgress"];
            /** @description Why it failed */
            error?: {
                code: string;
                message: string;
            };
            /** @description What is missing in the published version; absent: nothing */
            warnings?: {
                /** @example document.pages-not-read */
                code: string;
                /** @example 2 scanned pages were not read */
                message: string;
                /** @description From 1; the first hundred of them, when there are more */
                pages: number[];
            }[];
            /** @description Of the content, from 1 */
            version: number;
            /** @description The version that searches find; 0 before the first is ready */
            publishedVersion: number;
            /** @description Who may see it: `everybody`, or whoever is one of these */
            access: string[];
            /**
             * @description What filters of searches may ask for
             * @example {
             *       "department": "hr",
             *       "year": 2026,
             *       "tags": [
             *         "policy",
             *         "leave"
             *       ]
             *     }
             */
            metadata: {
                [key: string]: string | number | boolean | string[];
            };
            /** @description Passages of the published version */
            chunkCount: number;
            /** @description Those of them that are found by vectors, too */
            vectorCount: number;
            /** @description Why the others are found by words alone */
            embeddingError?: {
                code: string;
                message: string;
                /** @description How often they were asked for again since */
                attempts?: number;
                /**
                 * Format: date-time
                 * @description When they are asked for again by themselves; absent: when the operator has changed the settings of the provider, or at `POST …/reprocess`
                 */
                nextAt?: string;
            };
            /** @description Where it is fetched from; absent: it was sent itself */
            source?: {
                url: string;
                resync?: {
                    everyS: number;
                };
                /**
                 * Format: date-time
                 * @description When it last gave the content, or said that it is still the same
                 */
                checkedAt?: string;
                /** Format: date-time */
                nextAt?: string;
                /** @description Why it could not be fetched the last time; what was found before stays */
                error?: {
                    code: string;
                    message: string;
                };
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DocumentChunk: {
            /**
             * @description The `chunkId` of searches, citations and labels
             * @example chk_0198c0de4a7b7c3e9f10223344556677
             */
            id: string;
            /** @description From 0, in the order of the document */
            ordinal: number;
            /** @description Titles of the headings above it, outermost first */
            headings: string[];
            /** @description That it begins on; absent: there are none */
            page?: number;
            text: string;
            /** @description Where it stands in the text of the document, in UTF-16 code units */
            start: number;
            end: number;
            /** @description Whether it is found by meaning, too */
            hasVector: boolean;
        };
        DocumentChunkPage: {
            data: components["schemas"]["DocumentChunk"][];
            nextCursor: string | null;
        };
        DocumentPage: {
            data: components["schemas"]["Document"][];
            nextCursor: string | null;
        };
        /** @description Absent: nobody is at it. `fetch` and `parse` do not know how much there is */
        DocumentProgress: {
            /** @enum {string} */
            stage: "fetch" | "parse" | "chunk" | "index" | "embed";
            /** @description Passages that the stage is through with */
            done?: number;
            /** @description Passages that there are */
            total?: number;
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
        EvaluatedQuery: {
            query: string;
            relevant: ({
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
                /** @description How well it answers. Absent: 1 */
                grade?: number;
            } | {
                chunkId: string;
                /** @description How well it answers. Absent: 1 */
                grade?: number;
            } | {
                text: string;
                /** @description How well it answers. Absent: 1 */
                grade?: number;
            })[];
            /** @description Empty: still to be asked */
            scores: {
                keyword?: {
                    /** @description nDCG@10 */
                    ndcg10: number;
                    recall10: number;
                    recall100: number;
                    /** @description MRR@10 */
                    mrr10: number;
                };
                vector?: {
                    /** @description nDCG@10 */
                    ndcg10: number;
                    recall10: number;
                    recall100: number;
                    /** @description MRR@10 */
                    mrr10: number;
                };
                hybrid?: {
                    /** @description nDCG@10 */
                    ndcg10: number;
                    recall10: number;
                    recall100: number;
                    /** @description MRR@10 */
                    mrr10: number;
                };
            };
        };
        EvaluatedQueryPage: {
            data: components["schemas"]["EvaluatedQuery"][];
            nextCursor: string | null;
        };
        Evaluation: {
            /** @example eval_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            name: string;
            /** @enum {string} */
            status: "queued" | "running" | "done" | "failed";
            progress: {
                done: number;
                total: number;
            };
            /** @description Why it failed */
            error?: {
                code: string;
                message: string;
            };
            /** @description Those that the knowledge base can do */
            modes: ("keyword" | "vector" | "hybrid")[];
            /**
             * @description Which documents are searched: a condition on their metadata, or `all`, `any` or `not` of some, in up to two levels. A condition names a `key` and what must hold of it: `is`, `in`, `lt`, `lte`, `gt`, `gte` (a number against a number, a text against a text, by its characters), `contains` (a list that has this text), `exists`. Where a document has nothing, or another type, none of them holds but `"exists": false`
             * @example {
             *       "all": [
             *         {
             *           "key": "department",
             *           "in": [
             *             "hr",
             *             "legal"
             *           ]
             *         },
             *         {
             *           "key": "year",
             *           "gte": 2025
             *         }
             *       ]
             *     }
             */
            filter?: {
                /**
                 * @example department
                 * @example year
                 */
                key: string;
                is?: string | number | boolean;
                in?: (string | number | boolean)[];
                lt?: string | number;
                lte?: string | number;
                gt?: string | number;
                gte?: string | number;
                contains?: string;
                exists?: boolean;
            } | {
                all: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                any: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                not: {
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                };
            };
            /** @description Of all queries, per mode, as searches find now; empty until it is done */
            scores: {
                /** @enum {string} */
                mode: "keyword" | "vector" | "hybrid";
                /** @description nDCG@10 */
                ndcg10: number;
                recall10: number;
                recall100: number;
                /** @description MRR@10 */
                mrr10: number;
                /** @description Lower bound of nDCG@10 or of the gain, 95 % (bootstrap) */
                low: number;
                high: number;
            }[];
            /** @description From 50 queries on, where there are vectors. Nothing is changed unasked */
            fitted?: {
                vectorWeight: number;
                /** @description What fitting adds to nDCG@10 of queries that it was not fitted to, on the mean (cross-validation) */
                gain: number;
                /** @description Lower bound of nDCG@10 or of the gain, 95 % (bootstrap) */
                low: number;
                high: number;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        EvaluationPage: {
            data: components["schemas"]["Evaluation"][];
            nextCursor: string | null;
        };
        Evaluator: {
            /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            config: components["schemas"]["EvaluatorConfig"];
            revision: number;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        EvaluatorConfig: {
            /** @enum {string} */
            kind: "exact";
            ignoreCase?: boolean;
            /** @description However many spaces and lines there are */
            ignoreSpace?: boolean;
        } | {
            /** @enum {string} */
            kind: "contains";
            /** @description Absent: the text that the case expects */
            values?: string[];
            /**
             * @default all
             * @enum {string}
             */
            match: "all" | "any";
            ignoreCase?: boolean;
        } | {
            /** @enum {string} */
            kind: "regex";
            /**
             * @description As in JavaScript with the flag `u`, without references to groups and without looking around: searched in linear time
             * @example \d+일
             */
            pattern: string;
            ignoreCase?: boolean;
            /**
             * @description false: it must not be found
             * @default true
             */
            isFound: boolean;
        } | {
            /** @enum {string} */
            kind: "json-schema";
            /**
             * @description JSON Schema, without `pattern` and `$ref`
             * @example {
             *       "type": "object",
             *       "required": [
             *         "days"
             *       ]
             *     }
             */
            schema: {
                [key: string]: unknown;
            };
        } | {
            /** @enum {string} */
            kind: "similarity";
            model?: string;
            /**
             * @description Cosine from which on a case has passed
             * @default 0.8
             */
            passAt: number;
        } | {
            /** @enum {string} */
            kind: "llm-judge";
            /**
             * @description What a good answer is, and what it loses points for
             * @example The answer names the days until a refund. Wrong days: 0. Impolite: at most 0.5.
             */
            rubric: string;
            model?: string;
            /**
             * @description Score from which on a case has passed
             * @default 0.7
             */
            passAt: number;
        } | {
            /** @enum {string} */
            kind: "tool-calls";
            /**
             * @description `exact`: the expected calls and no others; `in-order`: others may be between them; `any-order`: all of them, somewhen
             * @default in-order
             * @enum {string}
             */
            order: "exact" | "in-order" | "any-order";
            /**
             * @description `subset`: a call may have more arguments than are expected
             * @default subset
             * @enum {string}
             */
            arguments: "exact" | "subset" | "ignore";
            /** @description Calls of all tools together */
            atMost?: number;
        };
        EvaluatorConfigInput: {
            /** @enum {string} */
            kind: "exact";
            ignoreCase?: boolean;
            /** @description However many spaces and lines there are */
            ignoreSpace?: boolean;
        } | {
            /** @enum {string} */
            kind: "contains";
            /** @description Absent: the text that the case expects */
            values?: string[];
            /**
             * @default all
             * @enum {string}
             */
            match?: "all" | "any";
            ignoreCase?: boolean;
        } | {
            /** @enum {string} */
            kind: "regex";
            /**
             * @description As in JavaScript with the flag `u`, without references to groups and without looking around: searched in linear time
             * @example \d+일
             */
            pattern: string;
            ignoreCase?: boolean;
            /**
             * @description false: it must not be found
             * @default true
             */
            isFound?: boolean;
        } | {
            /** @enum {string} */
            kind: "json-schema";
            /**
             * @description JSON Schema, without `pattern` and `$ref`
             * @example {
             *       "type": "object",
             *       "required": [
             *         "days"
             *       ]
             *     }
             */
            schema: {
                [key: string]: unknown;
            };
        } | {
            /** @enum {string} */
            kind: "similarity";
            model?: string;
            /**
             * @description Cosine from which on a case has passed
             * @default 0.8
             */
            passAt?: number;
        } | {
            /** @enum {string} */
            kind: "llm-judge";
            /**
             * @description What a good answer is, and what it loses points for
             * @example The answer names the days until a refund. Wrong days: 0. Impolite: at most 0.5.
             */
            rubric: string;
            model?: string;
            /**
             * @description Score from which on a case has passed
             * @default 0.7
             */
            passAt?: number;
        } | {
            /** @enum {string} */
            kind: "tool-calls";
            /**
             * @description `exact`: the expected calls and no others; `in-order`: others may be between them; `any-order`: all of them, somewhen
             * @default in-order
             * @enum {string}
             */
            order?: "exact" | "in-order" | "any-order";
            /**
             * @description `subset`: a call may have more arguments than are expected
             * @default subset
             * @enum {string}
             */
            arguments?: "exact" | "subset" | "ignore";
            /** @description Calls of all tools together */
            atMost?: number;
        };
        EvaluatorPage: {
            data: components["schemas"]["Evaluator"][];
            nextCursor: string | null;
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
        Experiment: {
            /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            versions: number[];
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            datasetRevision: number;
            /** @description As they were when it began */
            evaluators: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                id: string;
                name: string;
                revision: number;
                config: components["schemas"]["EvaluatorConfig"];
            }[];
            repetitions: number;
            concurrency: number;
            budgetMicroUsd: number | null;
            /** @enum {string} */
            status: "running" | "done" | "failed" | "cancelled";
            progress: {
                done: number;
                total: number;
            };
            /** @description Of its runs and judges so far */
            costMicroUsd: number;
            summary?: {
                versions: {
                    version: number;
                    runs: number;
                    /** @description Runs that ended without an answer: they score 0 */
                    failed: number;
                    /** @description Mean of its cases; null: no evaluator had anything to say */
                    score: number | null;
                    /** @description Share of runs that every evaluator passed */
                    passRate: number | null;
                    evaluators: {
                        /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                        evaluatorId: string;
                        name: string;
                        scored: number;
                        /** @description Runs that it could not score */
                        errors: number;
                        /** @description Of the runs that it scored */
                        mean: number | null;
                        /** @description Of the runs that it scored */
                        passRate: number | null;
                    }[];
                    costMicroUsd: number;
                    inputTokens: number;
                    outputTokens: number;
                    durationMs: {
                        mean: number;
                        p50: number;
                        p95: number;
                    };
                }[];
                comparison?: components["schemas"]["ExperimentComparison"];
            };
            error?: {
                code: string;
                message: string;
            };
            /**
             * @description It is on a part of the dataset, for this optimization of a prompt
             * @example opt_0198c0de4a7b7c3e9f10223344556677
             */
            optimizationId?: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        ExperimentComparison: {
            a: number;
            b: number;
            /** @description That both versions were scored on */
            cases: number;
            /** @description Mean score of b less that of a, over the cases */
            difference: number;
            /** @description 95 % interval of the difference (paired bootstrap) */
            low: number;
            high: number;
            /** @description Signed-rank test of the scores, two sides */
            wilcoxonP: number;
            /** @description Cases that most runs of one version alone passed, and the exact test of them */
            mcNemar: {
                onlyA: number;
                onlyB: number;
                p: number;
            };
            /**
             * @description Of b, where the interval is on one side of 0 and `wilcoxonP` is below 0.05
             * @enum {string}
             */
            verdict: "better" | "worse" | "no-difference";
        };
        ExperimentPage: {
            data: components["schemas"]["Experiment"][];
            nextCursor: string | null;
        };
        ExperimentResult: {
            version: number;
            repetition: number;
            /** @example case_0198c0de4a7b7c3e9f10223344556677 */
            caseId: string;
            case: components["schemas"]["DatasetCaseBody"];
            /** @description null: not started yet */
            executionId: string | null;
            /** @enum {string} */
            status: "waiting" | "running" | "ended" | "scored" | "cancelled";
            output?: unknown;
            toolCalls?: {
                name: string;
                arguments: unknown;
            }[];
            error?: {
                code: string;
                message: string;
            };
            costMicroUsd?: number;
            inputTokens?: number;
            outputTokens?: number;
            durationMs?: number;
            scores: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                evaluatorId: string;
                /** @description null: the case says nothing about it, or it could not be scored */
                result: {
                    score: number;
                    passed: boolean;
                    /** @description One sentence for people */
                    reason: string;
                } | null;
                error?: {
                    code: string;
                    message: string;
                };
            }[];
        };
        ExperimentResultPage: {
            data: components["schemas"]["ExperimentResult"][];
            nextCursor: string | null;
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
        FoundMemory: {
            data: {
                score: number;
                memory: components["schemas"]["Memory"];
            }[];
        };
        GenerateWorkflow: {
            /**
             * @description What the workflow is to do, in Korean or English
             * @example 매일 아침 9시에 새 문의를 요약해서 슬랙으로 보내줘
             */
            description: string;
            /**
             * @description How often the model is shown what is wrong with its draft; each is one more call
             * @default 2
             */
            maxRepairs?: number;
        };
        GeneratedWorkflow: {
            /** @description What `POST /v1/workflows` takes. It is stored nowhere */
            draft: {
                name: string;
                description: string;
                graph: components["schemas"]["Graph"];
            };
            explanation: string;
            triggers: components["schemas"]["NeededTrigger"][];
            /** @description What was assumed, and what has to be set up before it runs */
            assumptions: string[];
            warnings: {
                pointer: string;
                message: string;
                code?: string;
            }[];
            /** @description Every host that its nodes name: look at them before you publish it */
            hosts: string[];
            /**
             * @description `template`: no model is configured, and the nearest template is given as it is
             * @enum {string}
             */
            source: "model" | "template";
            templateId: string | null;
            /** @description How many drafts the model made; 0 without a model */
            attempts: number;
            usage: components["schemas"]["HelperUsage"] | null;
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
        /**
         * @description The version with all of `advice` that is safe
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
        Graph2: {
            nodes: components["schemas"]["GraphNode"][];
            edges: components["schemas"]["GraphEdge"][];
        };
        /**
         * @description What `PUT /v1/workflows/{id}` takes: `draft` with this one change. Valid
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
        Graph3: {
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
        HelperUsage: {
            model: string;
            inputTokens: number;
            outputTokens: number;
            /** @description Micro-US-dollars, of all calls together */
            costMicroUsd: number;
        };
        HookAccepted: {
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            runId: string;
        };
        HttpToolSpec: {
            /** @enum {string} */
            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
            /**
             * @description With parameters in braces, after the host: what is given for one is encoded, and is never more than its part of the path
             * @example https://api.example.com/orders/{orderId}
             */
            url: string;
            /** @description Those of the input that are in the query or in a header */
            parameters?: {
                /** @description In the input */
                name: string;
                /** @enum {string} */
                in: "path" | "query" | "header";
                /** @description Its name in the request, where that is another one */
                as?: string;
            }[];
            /**
             * @description The name in the input of what is sent as JSON. Absent: there is no body
             * @example body
             */
            bodyFrom?: string;
            /** @description The same for each call. No secrets: these are for `auth` */
            headers?: {
                [key: string]: string;
            };
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
        ImportOpenApi: {
            /**
             * @description Of the import: with the same one it is done again, and changes what has changed
             * @example shop
             */
            name: string;
            /**
             * @description OpenAPI 3.0 or 3.1, as JSON
             * @example {
             *       "openapi": "3.1.0",
             *       "servers": [
             *         {
             *           "url": "https://api.example.com"
             *         }
             *       ],
             *       "paths": {
             *         "/orders": {
             *           "get": {
             *             "operationId": "listOrders",
             *             "summary": "List orders"
             *           }
             *         }
             *       }
             *     }
             */
            document?: {
                [key: string]: unknown;
            };
            /** @description Where the document is, instead of `document` */
            url?: string;
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
            /**
             * @description Operation ids, or `GET /path`; absent: all operations
             * @example [
             *       "listOrders"
             *     ]
             */
            include?: string[];
        };
        ImportedTools: {
            operations: {
                /** @example GET /orders */
                operation: string;
                /** @enum {string} */
                change: "created" | "updated" | "unchanged" | "refused";
                tool?: components["schemas"]["Tool"];
                /** @description Why it became no tool */
                problem?: string;
            }[];
            /** @description Tools of an earlier import whose operations are gone. They stay */
            missing: components["schemas"]["Tool"][];
        };
        KnowledgeBase: {
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @description null: it is searched by words alone */
            embeddingModel: string | null;
            /** @description What its vectors count for in a search by both */
            vectorWeight: number;
            /** @enum {string} */
            fusion: "weighted" | "rrf";
            minScore: number;
            rerank: boolean;
            chunking: {
                /** @description About so many characters have the passages that are looked for */
                childChars: number;
                /** @description Up to so many have those that are given, made of whole small ones */
                parentChars: number;
            } | null;
            /** Format: date-time */
            createdAt: string;
        };
        KnowledgeBasePage: {
            data: components["schemas"]["KnowledgeBase"][];
            nextCursor: string | null;
        };
        LedgerEntry: {
            /** @example 1042 */
            id: string;
            /**
             * @description `fund` and `limit`: the limit, and a change of it; `reserve` before a call and `settle` after it; `expire`: nobody settled it, so all is booked; `correct`: somebody did, later
             * @example settle
             * @enum {string}
             */
            kind: "fund" | "limit" | "reserve" | "settle" | "expire" | "correct";
            /** @example 2026-11 */
            period: string;
            /**
             * @description Added to what is left. The four amounts add up to 0
             * @example 25000000
             */
            availableMicroUsd: number;
            /**
             * @description Added to what is reserved
             * @example 25000000
             */
            reservedMicroUsd: number;
            /**
             * @description Added to what is spent
             * @example 25000000
             */
            spentMicroUsd: number;
            /**
             * @description Taken from whoever gave the budget its limit, and negative for it
             * @example 25000000
             */
            outsideMicroUsd: number;
            /**
             * @description What was left after it
             * @example 25000000
             */
            balanceMicroUsd: number;
            /** @example exe_0198c0de4a7b7c3e9f10223344556677/3/1/0b0e4c5e-6a0f-4b1c-9a51-5c9b6a3f2d10 */
            callKey: string | null;
            /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
            projectId: string | null;
            /** @example run_0198c0de4a7b7c3e9f10223344556677 */
            runId: string | null;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string | null;
            /** @example key_0198c0de4a7b7c3e9f10223344556677 */
            keyId: string | null;
            /** @example gpt-5-mini */
            model: string | null;
            /** Format: date-time */
            at: string;
        };
        LedgerEntryPage: {
            data: components["schemas"]["LedgerEntry"][];
            nextCursor: string | null;
        };
        /** @description An error of JSON-RPC 2.0 */
        McpError: {
            /** @enum {string} */
            jsonrpc: "2.0";
            id: string | number | null;
            error: {
                code: number;
                message: string;
                data?: unknown;
            };
        };
        McpMessage: {
            /** @enum {string} */
            jsonrpc: "2.0";
            id?: string | number;
            /** @example tools/call */
            method: string;
            params?: {
                [key: string]: unknown;
            };
        };
        McpServer: {
            /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example wiki */
            name: string;
            url: string;
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
            allowedTools?: string[];
            revision: number;
            refreshedAt: string | null;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        McpServerPage: {
            data: components["schemas"]["McpServer"][];
            nextCursor: string | null;
        };
        McpTool: {
            /** @example search_pages */
            name: string;
            /**
             * @description What an agent names it by in `tools`
             * @example mcp:wiki/search_pages
             */
            grant: string;
            /** @example wiki__search_pages */
            nameForModel: string;
            description: string;
            inputSchema: {
                [key: string]: unknown;
            };
            /**
             * @description Of all that the server says of the tool
             * @example 0000000000000000000000000000000000000000000000000000000000000000
             */
            hash: string;
            /** @description As it is now. One that has changed since is approved no more, until it is again */
            approved: boolean;
            approval: {
                /**
                 * @description Of all that the server says of the tool
                 * @example 0000000000000000000000000000000000000000000000000000000000000000
                 */
                hash: string;
                /** @enum {string} */
                effect: "read" | "write";
                by: string;
                /** Format: date-time */
                at: string;
                /** @description As it was then */
                description: string;
                inputSchema: {
                    [key: string]: unknown;
                };
            } | null;
            /** @description `allowedTools` of the server has it */
            allowed: boolean;
        };
        McpToolPage: {
            data: components["schemas"]["McpTool"][];
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
        Memory: {
            /**
             * @example user
             * @enum {string}
             */
            scope: "agent" | "project" | "thread" | "user";
            /**
             * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
             * @example ada
             */
            owner: string;
            /** @example favourite-food */
            key: string;
            /**
             * @description As it was written
             * @example {
             *       "dish": "비빔밥",
             *       "spicy": true
             *     }
             */
            value: unknown;
            /** @description What search looks in */
            text: string;
            /**
             * @description Who has written it. What an agent has written may follow from content that it had read
             * @enum {string}
             */
            source: "agent" | "api" | "workflow";
            /** @description A principal, an execution, or a run */
            writtenBy: string;
            revision: number;
            expiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        MemoryPage: {
            data: components["schemas"]["Memory"][];
            nextCursor: string | null;
        };
        Model: {
            id: string;
            /** @description `provider/id` names the model without a doubt */
            provider: string;
            /** @description Used by nodes that name no model */
            isDefault: boolean;
            /** @description Quotes the passages of its prompt and costs nothing: the price is a pretence */
            isDemo: boolean;
            capabilities: components["schemas"]["ModelCapabilities"];
            /** @description Null when unknown: calls are then counted as those of the dearest known model */
            price: {
                /** Format: date */
                from: string;
                /** @description Micro-US-dollars per million tokens */
                inputMicroUsd: number;
                /** @description Micro-US-dollars per million tokens */
                outputMicroUsd: number;
                /** @description Of what comes from the cache of the provider */
                cachedInputMicroUsd?: number;
            } | null;
        };
        ModelCapabilities: {
            tools: boolean;
            parallelTools: boolean;
            /** @description Its provider holds it to a schema; else it is asked to, and its answer checked */
            jsonSchema: boolean;
            vision: boolean;
            reasoning: boolean;
            /**
             * @description `explicit`: with `cachePrompt` alone
             * @enum {string}
             */
            promptCaching: "none" | "automatic" | "explicit";
            /** @description Null: unknown */
            contextTokens: number | null;
            /** @description Null: unknown */
            maxOutputTokens: number | null;
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
        /** @description A trigger is a resource of its own, beside the workflow */
        NeededTrigger: {
            /** @enum {string} */
            kind: "schedule" | "webhook" | "event";
            why: components["schemas"]["Wording"];
            /** @enum {string} */
            method: "POST";
            /** @example /v1/schedules */
            path: string;
            /** @description Ready to be sent, once `workflowId` is that of the workflow you have made */
            body: {
                [key: string]: unknown;
            };
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
             * @description `workflow:<name>` or `agent:<name>`, or its id instead of the name; after `@` an alias
             * @example workflow:support@prod
             * @example agent:order-desk
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
             * @description `workflow:<name>` or `agent:<name>`, or its id instead of the name; after `@` an alias
             * @example workflow:support@prod
             * @example agent:order-desk
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
        OptimizePrompt: {
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            /**
             * @description What is to become better. `draft`: is frozen as a version first
             * @default draft
             */
            version?: number | "draft";
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            evaluatorIds: string[];
            /**
             * @description What all runs, judges and proposals may cost together. Nothing is begun that it might not pay for
             * @default 1000000
             */
            budgetMicroUsd?: number;
            /** @default 6 */
            maxCandidates?: number;
            /** @description What one run may cost. Absent: a twentieth of the budget */
            maxRunCostMicroUsd?: number;
            /**
             * @description `rewrite`: a model proposes instructions; `few-shot`: answers that were right become examples
             * @default [
             *       "rewrite",
             *       "few-shot"
             *     ]
             */
            methods?: ("rewrite" | "few-shot")[];
            /**
             * @description In one candidate
             * @default 4
             */
            maxExamples?: number;
            /** @description Writes the proposals. Absent: the default of the installation */
            model?: string;
            /** @default 1 */
            repetitions?: number;
            /** @default 4 */
            concurrency?: number;
            /**
             * @description Of a larger dataset, so many are taken by chance
             * @default 60
             */
            maxCases?: number;
            /**
             * @description Of the cases, for testing: at least 6
             * @default 0.4
             */
            heldOutShare?: number;
            /**
             * @description The same seed makes the same parts and examples
             * @default 1
             */
            seed?: number;
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
             * @description `wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events. Absent: `wait` with `Prefer: wait=…`, else `background`
             * @enum {string}
             */
            mode?: "wait" | "background" | "stream";
            /** @description With `wait`: after this many milliseconds answer 202 with the run as it is. Absent: what `Prefer` says, else 30,000 */
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
        PassageSource: {
            /**
             * @description project: somebody who may write to the knowledge base has put it in; external: it was fetched from an address, whose owner may change it
             * @enum {string}
             */
            trust: "project" | "external";
            /** @description Where it was fetched from */
            url?: string;
        };
        PatchAgent: {
            /** @example order-desk */
            name?: string;
            description?: string;
            definition?: components["schemas"]["AgentDefinitionInput"];
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
        PromptCandidate: {
            number: number;
            /** @enum {string} */
            method: "rewrite" | "few-shot" | "rewrite-and-few-shot";
            instructions: string | null;
            /** @description Why it could not be used */
            refusal?: string;
            explanation: string;
            /** @description Of the part for training */
            exampleCaseIds: string[];
            /** @description Of the agent: what was run, and can be published */
            version: number | null;
            validation: components["schemas"]["PromptOptimizationScore"] | null;
            /** @description Only of the one that was chosen */
            test: components["schemas"]["PromptOptimizationScore"] | null;
            /** @description The round of choosing after which it was left behind */
            leftInRound: number | null;
        };
        PromptOptimization: {
            /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            baseVersion: number;
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            datasetRevision: number;
            evaluators: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                id: string;
                name: string;
            }[];
            /** @enum {string} */
            status: "running" | "done" | "failed" | "cancelled";
            /**
             * @description What it is about, or was at the end
             * @enum {string}
             */
            phase: "measuring" | "proposing" | "choosing" | "confirming";
            /** @description Cases to learn from, to choose by, and to confirm on */
            parts: {
                train: number;
                validation: number;
                test: number;
            };
            budgetMicroUsd: number;
            /** @description Of runs, judges and proposals so far */
            costMicroUsd: number;
            /** @description Of runs and proposals */
            inputTokens: number;
            outputTokens: number;
            conclusion?: components["schemas"]["PromptOptimizationConclusion"];
            error?: {
                code: string;
                message: string;
            };
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            baseline: {
                train: components["schemas"]["PromptOptimizationScore"] | null;
                validation: components["schemas"]["PromptOptimizationScore"] | null;
                test: components["schemas"]["PromptOptimizationScore"] | null;
            };
            candidates: components["schemas"]["PromptCandidate"][];
        };
        PromptOptimizationConclusion: {
            /**
             * @description `better`: shown on cases that nobody had learned from or chosen by
             * @enum {string}
             */
            verdict: "better" | "nothing-better" | "nothing-to-improve";
            explanation: string;
            /** @description The one that was chosen, whether it is better or not */
            candidate: number | null;
            /** @description On the part for testing */
            gain?: {
                /** @description Mean score of the candidate less that before */
                difference: number;
                /** @description 95 % interval of the difference (paired bootstrap) */
                low: number;
                high: number;
                wilcoxonP: number;
                cases: number;
                /** @description What a run costs more */
                costMicroUsdPerRun: number;
                /** @description What a run takes more */
                inputTokensPerRun: number;
                outputTokensPerRun: number;
            };
        };
        PromptOptimizationPage: {
            data: components["schemas"]["PromptOptimizationSummary"][];
            nextCursor: string | null;
        };
        PromptOptimizationScore: {
            /** @description That it was scored on */
            cases: number;
            /** @description Mean of these cases */
            score: number | null;
            /** @description 95 % interval of the score (bootstrap) */
            low: number | null;
            high: number | null;
            runs: number;
            failed: number;
            /** @description Of its runs, without judges */
            costMicroUsd: number;
            inputTokens: number;
            outputTokens: number;
        };
        PromptOptimizationSummary: {
            /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
            agentId: string;
            baseVersion: number;
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            datasetRevision: number;
            evaluators: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                id: string;
                name: string;
            }[];
            /** @enum {string} */
            status: "running" | "done" | "failed" | "cancelled";
            /**
             * @description What it is about, or was at the end
             * @enum {string}
             */
            phase: "measuring" | "proposing" | "choosing" | "confirming";
            /** @description Cases to learn from, to choose by, and to confirm on */
            parts: {
                train: number;
                validation: number;
                test: number;
            };
            budgetMicroUsd: number;
            /** @description Of runs, judges and proposals so far */
            costMicroUsd: number;
            /** @description Of runs and proposals */
            inputTokens: number;
            outputTokens: number;
            conclusion?: components["schemas"]["PromptOptimizationConclusion"];
            error?: {
                code: string;
                message: string;
            };
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        Provider: {
            name: string;
            /** @enum {string} */
            kind: "openai" | "anthropic" | "google" | "azure" | "bedrock" | "ollama" | "openai-compatible";
            limits: {
                requestsPerMinute?: number;
                tokensPerMinute?: number;
                concurrency?: number;
            };
            /** @description The provider has asked everybody to wait until then */
            pausedUntil: string | null;
            /** @description Of models that have failed lately; all others are asked as usual */
            breakers: {
                model: string;
                /**
                 * @description `open`: it fails so often that it is not asked now
                 * @enum {string}
                 */
                state: "closed" | "open" | "half-open";
            }[];
        };
        ProviderPage: {
            data: components["schemas"]["Provider"][];
            nextCursor: string | null;
        };
        /** @description Limits by name. `policies`: those that hold; `allowed`: what the operator allows; `chosen`: what the organization has chosen within that */
        Quotas: {
            policies: {
                [key: string]: {
                    /** @enum {string} */
                    kind: "rate";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per period */
                    limit: number;
                    /** @description Seconds */
                    periodS: number;
                    /** @description Requests at once */
                    burst: number;
                } | {
                    /** @enum {string} */
                    kind: "quota";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per window */
                    quota: number;
                    /**
                     * @description A calendar day or month of UTC
                     * @enum {string}
                     */
                    window: "day" | "month";
                } | {
                    /** @enum {string} */
                    kind: "concurrency";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests at the same time */
                    concurrent: number;
                };
            };
            allowed: {
                [key: string]: {
                    /** @enum {string} */
                    kind: "rate";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per period */
                    limit: number;
                    /** @description Seconds */
                    periodS: number;
                    /** @description Requests at once */
                    burst: number;
                } | {
                    /** @enum {string} */
                    kind: "quota";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per window */
                    quota: number;
                    /**
                     * @description A calendar day or month of UTC
                     * @enum {string}
                     */
                    window: "day" | "month";
                } | {
                    /** @enum {string} */
                    kind: "concurrency";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests at the same time */
                    concurrent: number;
                };
            };
            chosen: {
                [key: string]: {
                    /** @enum {string} */
                    kind: "rate";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per period */
                    limit: number;
                    /** @description Seconds */
                    periodS: number;
                    /** @description Requests at once */
                    burst: number;
                } | {
                    /** @enum {string} */
                    kind: "quota";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests per window */
                    quota: number;
                    /**
                     * @description A calendar day or month of UTC
                     * @enum {string}
                     */
                    window: "day" | "month";
                } | {
                    /** @enum {string} */
                    kind: "concurrency";
                    /**
                     * @description Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address
                     * @enum {string}
                     */
                    per: "key" | "user" | "organization" | "address" | "failures";
                    /** @description Only requests of these classes; all when absent */
                    classes?: ("read" | "write" | "run" | "control" | "stream")[];
                    /**
                     * @description While Redis does not answer: a share per process (the default), or nothing
                     * @enum {string}
                     */
                    onStoreLoss?: "local-share" | "closed";
                    /** @description Requests at the same time */
                    concurrent: number;
                };
            };
        };
        Reanalysis: {
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            /** @description Of the rules, and of the words of the project, that terms are made by */
            analyzerVersion: string;
            /** @enum {string} */
            status: "running" | "done" | "failed" | "cancelled";
            /** @description Passages; more may have come since it began */
            progress: {
                done: number;
                total: number;
            };
            /** @description Why it failed; the knowledge base is searched as before */
            error?: {
                code: string;
                message: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
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
        ReindexKnowledgeBase: {
            /** @description Makes the new vectors. Absent: the model of this installation */
            embeddingModel?: string;
        };
        Reindexing: {
            /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
            knowledgeBaseId: string;
            embeddingModel: string;
            /** @enum {string} */
            status: "running" | "done" | "failed" | "cancelled";
            /** @description Passages; more may have come since it began */
            progress: {
                done: number;
                total: number;
            };
            /** @description Why it failed, or what it waits for until `nextAt`; the knowledge base is searched as before */
            error?: {
                code: string;
                message: string;
            };
            /**
             * Format: date-time
             * @description When it goes on where it was, as the provider was down or a budget used up; another POST does so at once
             */
            nextAt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
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
        SaveAgent: {
            /** @example order-desk */
            name: string;
            /** @default  */
            description?: string;
            definition: components["schemas"]["AgentDefinitionInput"];
        };
        SaveAgentTeam: {
            /** @example newsroom */
            name: string;
            /** @default  */
            description?: string;
            definition: components["schemas"]["TeamDefinitionInput"];
        };
        SaveEvaluator: {
            /** @example refund questions */
            name: string;
            config: components["schemas"]["EvaluatorConfigInput"];
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
        SaveMcpServer: {
            /** @example wiki */
            name: string;
            /**
             * @description Of the endpoint that speaks Streamable HTTP
             * @example https://mcp.example.com/mcp
             */
            url: string;
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
            /** @description Those of its tools that agents may have; absent: all that are approved */
            allowedTools?: string[];
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
        SaveTool: {
            /** @example find_order */
            name: string;
            /**
             * @example http
             * @enum {string}
             */
            kind: "http" | "code" | "openapi";
            /**
             * @description What the model reads to know when to call it
             * @example Finds an order by its number
             */
            description: string;
            /**
             * @description JSON Schema of the arguments, an object. Without patterns and references to elsewhere
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "orderId": {
             *           "type": "string"
             *         }
             *       },
             *       "required": [
             *         "orderId"
             *       ]
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            /**
             * @description Absent: `GET` and `HEAD` read, all others write
             * @enum {string}
             */
            effect?: "read" | "write";
            /** @description The other side honours `Idempotency-Key`: a lost write may be sent again */
            idempotent?: boolean;
            http?: components["schemas"]["HttpToolSpec"];
            code?: components["schemas"]["CodeToolSpec"];
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
            source?: components["schemas"]["PassageSource"];
            metadata?: {
                [key: string]: string | number | boolean | string[];
            };
            headings: string[];
            page?: number;
            text: string;
            start: number;
            end: number;
            score: number;
            contributions: {
                [key: string]: number;
            };
            explanation?: {
                /** @description BM25; absent: shares no word */
                keyword?: number;
                /** @description The cosine; absent: has no vector */
                vector?: number;
                /** @description What the reranker says */
                rerank?: number;
                /** @description Words of the question that it has */
                matched: string[];
            };
        };
        SearchKnowledgeBase: {
            /** @example 환불을 받고 싶어요 */
            query: string;
            /** @default 5 */
            topK?: number;
            /**
             * @description Leaves out what is less good. In `vector` and `hybrid`, what has a smaller cosine with the question, whatever its `score` is; what has none stays, as it is not known. In `keyword`, what has a smaller score: the sum of the BM25 scores of the fields, which grows with the number and the rarity of the words that are shared, so it means something within one knowledge base alone. `explain` tells both of each hit. The knowledge base may have a higher one, which then counts.
             * @default 0
             */
            minScore?: number;
            /**
             * @description Fill `contributions` and `explanation` of each hit
             * @default false
             */
            explain?: boolean;
            /**
             * @description Absent: `hybrid` where there are vectors, else `keyword`
             * @enum {string}
             */
            mode?: "keyword" | "vector" | "hybrid";
            /**
             * @description How `hybrid` makes one list of two: by a weighted sum of scores, or by places alone. Absent: as the knowledge base says
             * @enum {string}
             */
            fusion?: "weighted" | "rrf";
            /** @description What vectors count for in a weighted sum. Absent: as the knowledge base says */
            vectorWeight?: number;
            /** @description Whether a model reads what was found, and has the last word on its order. `score` is then its score; `minScore` and `contributions` are about the one before. Absent: as the knowledge base says, where a reranker is configured */
            rerank?: boolean;
            /**
             * @description Which documents are searched: a condition on their metadata, or `all`, `any` or `not` of some, in up to two levels. A condition names a `key` and what must hold of it: `is`, `in`, `lt`, `lte`, `gt`, `gte` (a number against a number, a text against a text, by its characters), `contains` (a list that has this text), `exists`. Where a document has nothing, or another type, none of them holds but `"exists": false`
             * @example {
             *       "all": [
             *         {
             *           "key": "department",
             *           "in": [
             *             "hr",
             *             "legal"
             *           ]
             *         },
             *         {
             *           "key": "year",
             *           "gte": 2025
             *         }
             *       ]
             *     }
             */
            filter?: {
                /**
                 * @example department
                 * @example year
                 */
                key: string;
                is?: string | number | boolean;
                in?: (string | number | boolean)[];
                lt?: string | number;
                lte?: string | number;
                gt?: string | number;
                gte?: string | number;
                contains?: string;
                exists?: boolean;
            } | {
                all: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                any: ({
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                })[];
            } | {
                not: {
                    /**
                     * @example department
                     * @example year
                     */
                    key: string;
                    is?: string | number | boolean;
                    in?: (string | number | boolean)[];
                    lt?: string | number;
                    lte?: string | number;
                    gt?: string | number;
                    gte?: string | number;
                    contains?: string;
                    exists?: boolean;
                } | {
                    all: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    any: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    }[];
                } | {
                    not: {
                        /**
                         * @example department
                         * @example year
                         */
                        key: string;
                        is?: string | number | boolean;
                        in?: (string | number | boolean)[];
                        lt?: string | number;
                        lte?: string | number;
                        gt?: string | number;
                        gte?: string | number;
                        contains?: string;
                        exists?: boolean;
                    };
                };
            };
            /** @description The person that an application searches for: documents that `user:<user>` or `group:<group>` may not see are left out, besides those that the key may not see. A key with the scope `knowledge:read-all` sees all, so then this alone decides */
            onBehalfOf?: {
                user?: string;
                groups?: string[];
            };
        };
        SearchMemory: {
            /**
             * @example user
             * @enum {string}
             */
            scope: "agent" | "project" | "thread" | "user";
            /**
             * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
             * @example ada
             */
            owner: string;
            /** @example 무슨 음식을 좋아해요? */
            query: string;
            /** @default 10 */
            topK?: number;
        };
        SearchResult: {
            chunks: components["schemas"]["SearchHit"][];
            context: string;
            citations: {
                number: number;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
                documentName: string;
                source?: components["schemas"]["PassageSource"];
                headings: string[];
                page?: number;
                chunkId: string;
            }[];
            /** @description Made without vectors or without the reranker, of which one has failed or cannot be paid, or by other rules than those of the terms */
            degraded?: boolean;
            /**
             * @description Why, as an error code
             * @example embedding.timeout
             */
            degradedReason?: string;
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
        SetAccess: {
            access: string[];
        };
        SetAgentAlias: {
            version: number;
        };
        SetAgentGate: {
            /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
            datasetId: string;
            evaluatorIds: string[];
            /**
             * @description Of the mean over the cases
             * @example 0.8
             */
            minScore: number;
            /**
             * @description Whether the experiment has to compare it with the published version, and not find it worse
             * @default true
             */
            noWorseThanPublished?: boolean;
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
        SetMetadata: {
            /**
             * @example {
             *       "department": "hr",
             *       "year": 2026,
             *       "tags": [
             *         "policy",
             *         "leave"
             *       ]
             *     }
             */
            metadata: {
                [key: string]: string | number | boolean | string[];
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
        StartAgentRun: {
            /**
             * @description What the agent is asked, or a conversation that ends with it; with `threadId`, which has the answers, of the role `user` alone
             * @example Where is order 7?
             */
            input: string | {
                /** @enum {string} */
                role: "user" | "assistant";
                content: string;
            }[];
            /** @description `false`: the input is, or quotes, what somebody outside has written, such as an e-mail; then writes of the agent need an approval. Absent: `true`, it is the wish of whoever asks */
            trustInput?: boolean;
            /** @description Absent: the published one */
            version?: number;
            /** @example prod */
            alias?: string;
            /**
             * @description The conversation that it goes on with: the model is told the last messages
             * @example thr_0198c0de4a7b7c3e9f10223344556677
             */
            threadId?: string;
            /**
             * @description `background`, also when absent: answer at once; `wait`: when it has ended; `stream`: with its events
             * @enum {string}
             */
            mode?: "background" | "wait" | "stream";
            /** @description With `wait`: then it is answered as it is. Absent: 30,000 */
            waitMs?: number;
            limits?: {
                /** @description Calls of the model */
                maxSteps?: number;
                /** @description Of all calls together, in and out */
                maxTokens?: number;
                /** @description Micro-US-dollars of all calls together: 1 USD = 1,000,000 */
                maxCostMicroUsd?: number;
                /** @description From the start, waiting for approvals included */
                timeoutMs?: number;
            };
        };
        StartAgentTeam: {
            /**
             * @description The task
             * @example Should we sell in Busan first?
             */
            input: string;
            /** @description `false`: the task is, or quotes, what somebody outside has written; then writes of the members need an approval. Absent: `true` */
            trustInput?: boolean;
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
             * @description `wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events. Absent: `wait` with `Prefer: wait=…`, else `background`
             * @enum {string}
             */
            mode?: "wait" | "background" | "stream";
            /** @description With `wait`: after this many milliseconds answer 202 with the run as it is. Absent: what `Prefer` says, else 30,000 */
            waitMs?: number;
            /** @description Absent, as `alias`: the published version */
            version?: number;
            /** @example prod */
            alias?: string;
        };
        TeamDefinition: {
            /**
             * @description `sequential`: each goes on from what the one before has said. `parallel`: all at once, put together by the judge, or listed. `supervisor`: the first says who does what, until it is done. `handoff`: whoever has the task may pass it on. `debate`: all speak in rounds, and the judge decides. `vote`: all answer, and the most frequent answer counts
             * @enum {string}
             */
            pattern: "sequential" | "parallel" | "supervisor" | "handoff" | "debate" | "vote";
            members: {
                /** @example researcher */
                name: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @description Absent: the one that is published */
                version?: number;
                /**
                 * @description What it is there for, as the others are told
                 * @default
                 */
                role: string;
            }[];
            judge?: {
                /** @example researcher */
                name: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @description Absent: the one that is published */
                version?: number;
                /**
                 * @description What it is there for, as the others are told
                 * @default
                 */
                role: string;
            };
            /**
             * @description Of a debate; of a supervisor or a handoff: how often the task is passed on
             * @default 4
             */
            maxRounds: number;
            /** @description What a vote is about; absent: any short answer */
            choices?: string[];
            /**
             * @description `skip`: the others go on without what it would have said
             * @default fail
             * @enum {string}
             */
            onMemberError: "fail" | "skip";
            /** @description Of all members together: nobody is asked any more once it is spent */
            maxCostMicroUsd?: number;
        };
        TeamDefinitionInput: {
            /**
             * @description `sequential`: each goes on from what the one before has said. `parallel`: all at once, put together by the judge, or listed. `supervisor`: the first says who does what, until it is done. `handoff`: whoever has the task may pass it on. `debate`: all speak in rounds, and the judge decides. `vote`: all answer, and the most frequent answer counts
             * @enum {string}
             */
            pattern: "sequential" | "parallel" | "supervisor" | "handoff" | "debate" | "vote";
            members: {
                /** @example researcher */
                name: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @description Absent: the one that is published */
                version?: number;
                /**
                 * @description What it is there for, as the others are told
                 * @default
                 */
                role?: string;
            }[];
            judge?: {
                /** @example researcher */
                name: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @description Absent: the one that is published */
                version?: number;
                /**
                 * @description What it is there for, as the others are told
                 * @default
                 */
                role?: string;
            };
            /**
             * @description Of a debate; of a supervisor or a handoff: how often the task is passed on
             * @default 4
             */
            maxRounds?: number;
            /** @description What a vote is about; absent: any short answer */
            choices?: string[];
            /**
             * @description `skip`: the others go on without what it would have said
             * @default fail
             * @enum {string}
             */
            onMemberError?: "fail" | "skip";
            /** @description Of all members together: nobody is asked any more once it is spent */
            maxCostMicroUsd?: number;
        };
        TextAnalysis: {
            /** @description Of the rules, and of the words of the project */
            analyzerVersion: string;
            /** @description The text in the one spelling that is searched */
            normalised: string;
            words: {
                /** @description As it stands in the normalised text */
                surface: string;
                /** @description In the text, in UTF-16 code units */
                start: number;
                end: number;
                /**
                 * @description Who knows it: the dictionary, your project, nobody; or it is not cut at all
                 * @enum {string}
                 */
                origin: "dictionary" | "user" | "unknown" | "protected";
                /** @description Of mecab-ko-dic, or `J` of any particle and `E` of any ending; several morphemes have several, with `+` */
                tag: string;
                /** @description Its stem, where it is inflected */
                lemma: string;
                /** @description Its morphemes, where it is several */
                parts: {
                    text: string;
                    tag: string;
                }[];
                /** @description What it is found by; none: it is left out */
                terms: string[];
            }[];
            tokens: {
                /** @description What is indexed and searched */
                term: string;
                kind: string;
                /** @description In the text, in UTF-16 code units */
                start: number;
                end: number;
            }[];
            bigrams: string[];
            /** @description As a question, it would be searched in this spelling, too */
            respelling: string | null;
        };
        Thread: {
            /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            title: string;
            metadata: {
                [key: string]: string;
            };
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Of title and metadata
             */
            updatedAt: string;
        };
        ThreadDetail: {
            /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            title: string;
            metadata: {
                [key: string]: string;
            };
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Of title and metadata
             */
            updatedAt: string;
            /** @description What is older, as agents with `memory.thread.summary` are told it */
            summary?: {
                text: string;
                /** @description Of the last message that is in it */
                upToPosition: number;
                /** @description Content from outside is in it */
                isUntrusted: boolean;
            };
        };
        ThreadMessage: {
            position: number;
            /** @enum {string} */
            role: "user" | "assistant";
            /** @description Of an agent with an `outputSchema`: JSON */
            content: string;
            /** @description Content from outside was read before the agent said it */
            isUntrusted: boolean;
            /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
            executionId: string;
            /** Format: date-time */
            createdAt: string;
        };
        ThreadMessagePage: {
            data: components["schemas"]["ThreadMessage"][];
            nextCursor: string | null;
        };
        ThreadPage: {
            data: components["schemas"]["Thread"][];
            nextCursor: string | null;
        };
        Tool: {
            /** @example tool_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            name: string;
            /** @enum {string} */
            kind: "builtin" | "http" | "openapi" | "code";
            description: string;
            inputSchema: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            effect: "pure" | "read" | "write";
            idempotent: boolean;
            http?: components["schemas"]["HttpToolSpec"];
            code?: components["schemas"]["CodeToolSpec"];
            /** @description Of a built-in tool: JSON Schema of the `config` of its grants */
            configSchema?: {
                [key: string]: unknown;
            };
            /** @description Of what was imported */
            source?: {
                import: string;
                operation: string;
            };
            /** @description 0 of a built-in tool */
            revision: number;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ToolPage: {
            data: components["schemas"]["Tool"][];
            nextCursor: string | null;
        };
        ToolTrial: {
            /** @enum {string} */
            status: "succeeded" | "failed";
            output?: unknown;
            error?: {
                code: string;
                message: string;
                class: string;
            };
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
        TryTool: {
            /**
             * @example {
             *       "expression": "2 + 2"
             *     }
             */
            input: unknown;
            /** @description Of a built-in tool, as a grant would have it */
            config?: {
                [key: string]: unknown;
            };
            /** @default 10000 */
            timeoutMs?: number;
        };
        UpdateDataset: {
            /** @example refund questions */
            name?: string;
            description?: string;
        };
        UpdateDictionaryEntry: {
            /**
             * @description What it is found by instead of itself; joined, they are the surface
             * @default []
             * @example [
             *       "세종",
             *       "시"
             *     ]
             */
            parts?: string[];
            /**
             * @description Part of speech: common noun, name, or adverb
             * @default NNG
             * @enum {string}
             */
            tag?: "NNG" | "NNP" | "MAG";
        };
        UpdateKnowledgeBase: {
            /** @example 고객 지원 */
            name?: string;
            /** @description What vectors count for in a search by both; words count for the rest. Absent: 0.4 */
            vectorWeight?: number;
            /**
             * @description How a search by both makes one list of two. Absent: `weighted`
             * @enum {string}
             */
            fusion?: "weighted" | "rrf";
            /**
             * @description What is less good is never found: the least cosine with the question, or, in a search by `keyword`, the least BM25 score. A search may ask for more. Absent: 0
             * @example 0.4
             */
            minScore?: number;
            /** @description Whether a reranker has the last word, where one is configured, in searches that do not say. Absent: true */
            rerank?: boolean;
            /** @description Looks for small passages, and gives the larger ones around them. Absent or null: what is found is given. After a change, documents are made anew in the background; until each is ready, it is found as it was */
            chunking?: {
                /** @description About so many characters have the passages that are looked for */
                childChars: number;
                /** @description Up to so many have those that are given, made of whole small ones */
                parentChars: number;
            } | null;
            /** @description Only the one that it has: another one needs vectors of all passages, which `POST …/reindex` makes */
            embeddingModel?: string | null;
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
        UpdateThread: {
            /** @example Order 7 */
            title?: string;
            /**
             * @example {
             *       "customer": "c-17"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        UpdateVariable: {
            /**
             * @description JSON, at most 16384 bytes
             * @example help@example.com
             */
            value: unknown;
            description?: string;
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
             * @description Text, Markdown, HTML, CSV, JSON, PDF, an Office or Hancom document, or an image; up to 10 MiB, or what the operator allows (MAX_DOCUMENT_MB). Its content decides what it is, its name which kind of text
             */
            file: string;
            /** @description Who may see a new document; absent: everybody who may read the knowledge base. Of one that is there, it can only be changed by PUT */
            access?: string[];
            /**
             * @description What filters of searches may ask for; it comes with each passage. Of a document that is there, it takes the place of what it has, at once; absent: that stays
             * @example {
             *       "department": "hr",
             *       "year": 2026,
             *       "tags": [
             *         "policy",
             *         "leave"
             *       ]
             *     }
             */
            metadata?: {
                [key: string]: string | number | boolean | string[];
            };
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
            /** @description As `groupBy` says: the day in UTC, the name of the model, or the id of the workflow or agent; without either, what it was for, such as `knowledge` or `helper` */
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
        Variable: {
            /** @example var_0198c0de4a7b7c3e9f10223344556677 */
            id: string;
            /**
             * @description Expressions read it as `vars.<name>`
             * @example support_email
             */
            name: string;
            value: unknown;
            description: string;
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        VariablePage: {
            data: components["schemas"]["Variable"][];
            nextCursor: string | null;
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
        /** @description The same in Korean and in English */
        Wording: {
            ko: string;
            en: string;
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
        WorkflowProposal: {
            /** @enum {string} */
            kind: "merge-calls" | "parallelise" | "cheaper-model" | "cache" | "shorten-prompt" | "simplify";
            title: string;
            why: string;
            changedNodes: string[];
            /** @description What a run would take less. null: no run was recorded */
            expectedGain: {
                latencyMsP50: number;
                costMicroUsdPerRun: number;
                /**
                 * @description `estimated`: a node that is new is thought to take what those took that are gone
                 * @enum {string}
                 */
                basis: "measured" | "estimated";
            } | null;
            /** @description It changes what a model is asked: try it on a dataset before you publish it */
            needsEvaluation: boolean;
            /** @description Of the validator. It has found no problem */
            warnings: {
                pointer: string;
                message: string;
                code?: string;
            }[];
            graph: components["schemas"]["Graph3"];
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
        WorkflowTemplate: {
            /** @example daily-inquiry-summary */
            id: string;
            title: components["schemas"]["Wording"];
            description: components["schemas"]["Wording"];
            /** @description The types of nodes that it has */
            nodeTypes: string[];
            triggerKinds: ("schedule" | "webhook" | "event")[];
            graph: components["schemas"]["Graph"];
            triggers: components["schemas"]["NeededTrigger"][];
            /** @description What has to be set up or replaced before it runs */
            setup: components["schemas"]["Wording"][];
        };
        WorkflowTemplatePage: {
            data: components["schemas"]["WorkflowTemplateSummary"][];
            nextCursor: string | null;
        };
        WorkflowTemplateSummary: {
            /** @example daily-inquiry-summary */
            id: string;
            title: components["schemas"]["Wording"];
            description: components["schemas"]["Wording"];
            /** @description The types of nodes that it has */
            nodeTypes: string[];
            triggerKinds: ("schedule" | "webhook" | "event")[];
            /** @description How much of `q` it answers; 0 without `q` */
            score: number;
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
        WriteMemory: {
            /**
             * @description JSON of at most 16384 bytes
             * @example {
             *       "dish": "비빔밥",
             *       "spicy": true
             *     }
             */
            value: unknown;
            /** @description What search looks in; absent: the texts and numbers of the value */
            text?: string;
            /**
             * @description Seconds from now on; absent: it stays
             * @example 2592000
             */
            expiresInS?: number;
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
            path: {
                token: string;
            };
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
                content: {
                    /** @example {} */
                    "application/json": unknown;
                };
            };
            /** @description Accepted: what was asked for is done after this answer */
            202: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callMcp: {
        parameters: {
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "jsonrpc": "2.0",
                 *       "id": 1,
                 *       "method": "tools/list",
                 *       "params": {}
                 *     }
                 */
                "application/json": components["schemas"]["McpMessage"];
            };
        };
        responses: {
            /** @description A message of JSON-RPC, or a stream of them */
            200: {
                content: {
                    /** @example {} */
                    "application/json": unknown;
                };
            };
            /** @description A notification was taken */
            202: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createChatCompletion: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEmbeddings: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOpenAiModels: {
        parameters: {
            query?: {
                /** @description How many workflows and agents; all models of one stand together */
                limit?: number;
                /** @description `workflow:<name>` or `agent:<name>`, or its id instead of the name; after `@` an alias */
                after?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenAiModel: {
        parameters: {
            path: {
                /** @description `workflow:<name>` or `agent:<name>`, or its id instead of the name; after `@` an alias */
                model: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createResponse: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
            path: {
                id: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelResponse: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentRuns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId?: string;
                status?: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";
                /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
                threadId?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "agentVersion": 1,
                     *           "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *           "status": "queued",
                     *           "steps": 1,
                     *           "usage": {
                     *             "inputTokens": 1,
                     *             "outputTokens": 1,
                     *             "costMicroUsd": 1
                     *           },
                     *           "error": {
                     *             "code": "model.unavailable",
                     *             "message": "is not what it has to be",
                     *             "class": "invalid",
                     *             "retryAfterMs": 1
                     *           },
                     *           "startedBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "startedAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z",
                     *           "deadlineAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRunPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentRun: {
        parameters: {
            path: {
                /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
                executionId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentVersion": 1,
                     *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "queued",
                     *       "steps": 1,
                     *       "usage": {
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       },
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "startedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "startedAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "deadlineAt": "2026-01-02T03:04:05.678Z",
                     *       "input": [
                     *         {}
                     *       ],
                     *       "output": {},
                     *       "partial": "text",
                     *       "limits": {
                     *         "maxSteps": 20,
                     *         "maxTokens": 500000,
                     *         "maxCostMicroUsd": 1000000,
                     *         "timeoutMs": 600000
                     *       },
                     *       "pendingApprovals": [
                     *         {
                     *           "callId": "c2_0",
                     *           "tool": "text",
                     *           "input": {},
                     *           "reason": "text",
                     *           "hash": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRun"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideAgentCall: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
                executionId: string;
                /** @example c1_0 */
                callId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approve"
                 *     }
                 */
                "application/json": components["schemas"]["DecideAgentCall"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentVersion": 1,
                     *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "queued",
                     *       "steps": 1,
                     *       "usage": {
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       },
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "startedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "startedAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "deadlineAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelAgentRun: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
                executionId: string;
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentVersion": 1,
                     *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "queued",
                     *       "steps": 1,
                     *       "usage": {
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       },
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "startedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "startedAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "deadlineAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followAgentRun: {
        parameters: {
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
                executionId: string;
            };
        };
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentRunSteps: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example exe_0198c0de4a7b7c3e9f10223344556677 */
                executionId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version": 1,
                     *           "kind": "model-call",
                     *           "step": 1,
                     *           "at": "2026-01-02T03:04:05.678Z",
                     *           "callId": "text",
                     *           "tool": "text",
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "toolCalls": [
                     *             {}
                     *           ],
                     *           "findings": [
                     *             {}
                     *           ],
                     *           "finishReason": "text",
                     *           "status": "succeeded",
                     *           "input": {},
                     *           "output": {},
                     *           "error": {},
                     *           "isUntrusted": true,
                     *           "reason": "text",
                     *           "decision": "approve",
                     *           "decidedBy": "text",
                     *           "usage": {
                     *             "model": "text",
                     *             "inputTokens": 1,
                     *             "outputTokens": 1,
                     *             "costMicroUsd": 1
                     *           },
                     *           "durationMs": 1
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRunStepPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentTeams: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "team_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "definition": {
                     *             "pattern": "sequential",
                     *             "members": [
                     *               {
                     *                 "name": "researcher",
                     *                 "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *                 "version": 1,
                     *                 "role": ""
                     *               }
                     *             ],
                     *             "judge": {
                     *               "name": "researcher",
                     *               "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *               "version": 1,
                     *               "role": ""
                     *             },
                     *             "maxRounds": 4,
                     *             "choices": [
                     *               "text",
                     *               "text"
                     *             ],
                     *             "onMemberError": "fail",
                     *             "maxCostMicroUsd": 1
                     *           },
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgentTeam: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "newsroom",
                 *       "definition": {
                 *         "pattern": "sequential",
                 *         "members": [
                 *           {
                 *             "name": "researcher",
                 *             "agentId": "agt_0198c0de4a7b7c3e9f10223344556677"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveAgentTeam"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "pattern": "sequential",
                     *         "members": [
                     *           {
                     *             "name": "researcher",
                     *             "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *             "version": 1,
                     *             "role": ""
                     *           }
                     *         ],
                     *         "judge": {
                     *           "name": "researcher",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "role": ""
                     *         },
                     *         "maxRounds": 4,
                     *         "choices": [
                     *           "text",
                     *           "text"
                     *         ],
                     *         "onMemberError": "fail",
                     *         "maxCostMicroUsd": 1
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeam"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentTeam: {
        parameters: {
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "pattern": "sequential",
                     *         "members": [
                     *           {
                     *             "name": "researcher",
                     *             "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *             "version": 1,
                     *             "role": ""
                     *           }
                     *         ],
                     *         "judge": {
                     *           "name": "researcher",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "role": ""
                     *         },
                     *         "maxRounds": 4,
                     *         "choices": [
                     *           "text",
                     *           "text"
                     *         ],
                     *         "onMemberError": "fail",
                     *         "maxCostMicroUsd": 1
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeam"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAgentTeam: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "newsroom",
                 *       "definition": {
                 *         "pattern": "sequential",
                 *         "members": [
                 *           {
                 *             "name": "researcher",
                 *             "agentId": "agt_0198c0de4a7b7c3e9f10223344556677"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveAgentTeam"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "pattern": "sequential",
                     *         "members": [
                     *           {
                     *             "name": "researcher",
                     *             "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *             "version": 1,
                     *             "role": ""
                     *           }
                     *         ],
                     *         "judge": {
                     *           "name": "researcher",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "version": 1,
                     *           "role": ""
                     *         },
                     *         "maxRounds": 4,
                     *         "choices": [
                     *           "text",
                     *           "text"
                     *         ],
                     *         "onMemberError": "fail",
                     *         "maxCostMicroUsd": 1
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeam"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAgentTeam: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentTeamRuns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "tru_0198c0de4a7b7c3e9f10223344556677",
                     *           "teamId": "team_0198c0de4a7b7c3e9f10223344556677",
                     *           "status": "running",
                     *           "input": "text",
                     *           "answer": "text",
                     *           "output": {},
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamRunPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startAgentTeam: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "Should we sell in Busan first?"
                 *     }
                 */
                "application/json": components["schemas"]["StartAgentTeam"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "tru_0198c0de4a7b7c3e9f10223344556677",
                     *       "teamId": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "running",
                     *       "input": "text",
                     *       "answer": "text",
                     *       "output": {},
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "costs": [
                     *         {
                     *           "member": "text",
                     *           "turns": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         }
                     *       ],
                     *       "costMicroUsd": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamRun"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentTeamRun: {
        parameters: {
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
                /** @example tru_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "tru_0198c0de4a7b7c3e9f10223344556677",
                     *       "teamId": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "running",
                     *       "input": "text",
                     *       "answer": "text",
                     *       "output": {},
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "costs": [
                     *         {
                     *           "member": "text",
                     *           "turns": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         }
                     *       ],
                     *       "costMicroUsd": 1,
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamRun"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelAgentTeamRun: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
                /** @example tru_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "tru_0198c0de4a7b7c3e9f10223344556677",
                     *       "teamId": "team_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "running",
                     *       "input": "text",
                     *       "answer": "text",
                     *       "output": {},
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamRunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentTeamTranscript: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example team_0198c0de4a7b7c3e9f10223344556677 */
                teamId: string;
                /** @example tru_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 1,
                     *           "member": "text",
                     *           "executionId": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *           "status": "asked",
                     *           "onBehalfOf": [
                     *             "text"
                     *           ],
                     *           "asked": "text",
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "object": {},
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentTeamTranscript"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "order-desk",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "latestVersion": 1,
                     *           "publishedVersion": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgent: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "order-desk",
                 *       "definition": {
                 *         "instructions": "You answer questions about orders. Be brief.",
                 *         "model": "demo"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveAgent"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAgent: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "order-desk",
                 *       "definition": {
                 *         "instructions": "You answer questions about orders. Be brief.",
                 *         "model": "demo"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveAgent"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAgent: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAgent: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "order-desk"
                 *     }
                 */
                "application/json": components["schemas"]["PatchAgent"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentAliases: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "prod",
                     *           "version": 1,
                     *           "changedBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentAliasPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentAlias: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @example prod */
                alias: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "name": "prod",
                     *       "version": 1,
                     *       "changedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentAlias"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAgentAlias: {
        parameters: {
            query?: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                gate?: string;
                /** @description Publishes whether the gate is met or not; needs a reason, and is on record */
                force?: boolean;
                /** @example Outage */
                reason?: string;
            };
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @example prod */
                alias: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1
                 *     }
                 */
                "application/json": components["schemas"]["SetAgentAlias"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "name": "prod",
                     *       "version": 1,
                     *       "changedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentAlias"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAgentAlias: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                /** @example prod */
                alias: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentGate: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "evaluatorIds": [
                     *         "evr_0198c0de4a7b7c3e9f10223344556677"
                     *       ],
                     *       "minScore": 0.8,
                     *       "noWorseThanPublished": true,
                     *       "updatedBy": "text",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentGate"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAgentGate: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                 *       "evaluatorIds": [
                 *         "evr_0198c0de4a7b7c3e9f10223344556677"
                 *       ],
                 *       "minScore": 0.8
                 *     }
                 */
                "application/json": components["schemas"]["SetAgentGate"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "evaluatorIds": [
                     *         "evr_0198c0de4a7b7c3e9f10223344556677"
                     *       ],
                     *       "minScore": 0.8,
                     *       "noWorseThanPublished": true,
                     *       "updatedBy": "text",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentGate"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAgentGate: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentPublications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "versionNumber": 1,
                     *           "kind": "publish",
                     *           "alias": "prod",
                     *           "forceReason": "text",
                     *           "publishedBy": "text",
                     *           "publishedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentPublicationPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackAgent: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startAgentRun: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "Where is order 7?",
                 *       "alias": "prod",
                 *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677"
                 *     }
                 */
                "application/json": components["schemas"]["StartAgentRun"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentVersion": 1,
                     *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "queued",
                     *       "steps": 1,
                     *       "usage": {
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       },
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "startedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "startedAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "deadlineAt": "2026-01-02T03:04:05.678Z",
                     *       "input": [
                     *         {}
                     *       ],
                     *       "output": {},
                     *       "partial": "text",
                     *       "limits": {
                     *         "maxSteps": 20,
                     *         "maxTokens": 500000,
                     *         "maxCostMicroUsd": 1000000,
                     *         "timeoutMs": 600000
                     *       },
                     *       "pendingApprovals": [
                     *         {
                     *           "callId": "c2_0",
                     *           "tool": "text",
                     *           "input": {},
                     *           "reason": "text",
                     *           "hash": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRun"];
                };
            };
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentVersion": 1,
                     *       "threadId": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "status": "queued",
                     *       "steps": 1,
                     *       "usage": {
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       },
                     *       "error": {
                     *         "code": "model.unavailable",
                     *         "message": "is not what it has to be",
                     *         "class": "invalid",
                     *         "retryAfterMs": 1
                     *       },
                     *       "startedBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "startedAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "deadlineAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentRunSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentVersions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "number": 1,
                     *           "definition": {
                     *             "instructions": "You answer questions about orders. Be brief.",
                     *             "model": "demo",
                     *             "fallbackModels": [],
                     *             "temperature": 1,
                     *             "maxOutputTokens": 1,
                     *             "tools": [],
                     *             "knowledgeBaseIds": [],
                     *             "outputSchema": {},
                     *             "memory": {
                     *               "thread": {
                     *                 "maxMessages": 20
                     *               },
                     *               "scopes": [
                     *                 "user"
                     *               ],
                     *               "access": "read"
                     *             },
                     *             "limits": {
                     *               "maxSteps": 20,
                     *               "maxTokens": 500000,
                     *               "maxCostMicroUsd": 1000000,
                     *               "timeoutMs": 600000
                     *             },
                     *             "guardrails": []
                     *           },
                     *           "hash": "text",
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentVersionPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgentVersion: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "number": 1,
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "hash": "text",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentVersion"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffAgentVersions: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                a: number;
                b: number;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "added": [
                     *         {
                     *           "path": "text",
                     *           "value": {}
                     *         }
                     *       ],
                     *       "removed": [
                     *         {
                     *           "path": "text",
                     *           "value": {}
                     *         }
                     *       ],
                     *       "changed": [
                     *         {
                     *           "path": "text",
                     *           "before": {},
                     *           "after": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AgentDiff"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentVersion: {
        parameters: {
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                number: number;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "number": 1,
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "hash": "text",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AgentVersion"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishAgentVersion: {
        parameters: {
            query?: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                gate?: string;
                /** @description Publishes whether the gate is met or not; needs a reason, and is on record */
                force?: boolean;
                /** @example Outage */
                reason?: string;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId: string;
                number: number;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askAssistant: {
        parameters: {
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": "환불 승인은 왜 실패했어?"
                 *     }
                 */
                "application/json": components["schemas"]["AskAssistant"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "answer": "text",
                     *       "citations": [
                     *         {
                     *           "id": "text",
                     *           "kind": "workflow",
                     *           "name": "Answer a customer",
                     *           "path": "/v1/runs/run_0198c0de4a7b7c3e9f10223344556677"
                     *         }
                     *       ],
                     *       "droppedCitations": 1,
                     *       "found": {
                     *         "workflows": 1,
                     *         "runs": 1
                     *       },
                     *       "source": "model",
                     *       "usage": {
                     *         "model": "text",
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AssistantReply"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPromptOptimizations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "baseVersion": 1,
                     *           "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *           "datasetRevision": 1,
                     *           "evaluators": [
                     *             {
                     *               "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *               "name": "Answer a customer"
                     *             }
                     *           ],
                     *           "status": "running",
                     *           "phase": "measuring",
                     *           "parts": {
                     *             "train": 1,
                     *             "validation": 1,
                     *             "test": 1
                     *           },
                     *           "budgetMicroUsd": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1,
                     *           "conclusion": {
                     *             "verdict": "better",
                     *             "explanation": "text",
                     *             "candidate": 1,
                     *             "gain": {
                     *               "difference": 1,
                     *               "low": 1,
                     *               "high": 1,
                     *               "wilcoxonP": 1,
                     *               "cases": 1,
                     *               "costMicroUsdPerRun": 1,
                     *               "inputTokensPerRun": 1,
                     *               "outputTokensPerRun": 1
                     *             }
                     *           },
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["PromptOptimizationPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPromptOptimization: {
        parameters: {
            path: {
                /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
                optimizationId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "baseVersion": 1,
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer"
                     *         }
                     *       ],
                     *       "status": "running",
                     *       "phase": "measuring",
                     *       "parts": {
                     *         "train": 1,
                     *         "validation": 1,
                     *         "test": 1
                     *       },
                     *       "budgetMicroUsd": 1,
                     *       "costMicroUsd": 1,
                     *       "inputTokens": 1,
                     *       "outputTokens": 1,
                     *       "conclusion": {
                     *         "verdict": "better",
                     *         "explanation": "text",
                     *         "candidate": 1,
                     *         "gain": {
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "cases": 1,
                     *           "costMicroUsdPerRun": 1,
                     *           "inputTokensPerRun": 1,
                     *           "outputTokensPerRun": 1
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z",
                     *       "baseline": {
                     *         "train": {
                     *           "cases": 1,
                     *           "score": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "runs": 1,
                     *           "failed": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         },
                     *         "validation": {
                     *           "cases": 1,
                     *           "score": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "runs": 1,
                     *           "failed": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         },
                     *         "test": {
                     *           "cases": 1,
                     *           "score": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "runs": 1,
                     *           "failed": 1,
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1
                     *         }
                     *       },
                     *       "candidates": [
                     *         {
                     *           "number": 1,
                     *           "method": "rewrite",
                     *           "instructions": "text",
                     *           "refusal": "text",
                     *           "explanation": "text",
                     *           "exampleCaseIds": [
                     *             "case_0198c0de4a7b7c3e9f10223344556677"
                     *           ],
                     *           "version": 1,
                     *           "validation": {
                     *             "cases": 1,
                     *             "score": 1,
                     *             "low": 1,
                     *             "high": 1,
                     *             "runs": 1,
                     *             "failed": 1,
                     *             "costMicroUsd": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1
                     *           },
                     *           "test": {
                     *             "cases": 1,
                     *             "score": 1,
                     *             "low": 1,
                     *             "high": 1,
                     *             "runs": 1,
                     *             "failed": 1,
                     *             "costMicroUsd": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1
                     *           },
                     *           "leftInRound": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PromptOptimization"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePromptOptimization: {
        parameters: {
            path: {
                /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
                optimizationId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyPromptOptimization: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
                optimizationId: string;
            };
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ApplyOptimization"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "order-desk",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "definition": {
                     *         "instructions": "You answer questions about orders. Be brief.",
                     *         "model": "demo",
                     *         "fallbackModels": [],
                     *         "temperature": 1,
                     *         "maxOutputTokens": 1,
                     *         "tools": [],
                     *         "knowledgeBaseIds": [],
                     *         "outputSchema": {},
                     *         "memory": {
                     *           "thread": {
                     *             "maxMessages": 20
                     *           },
                     *           "scopes": [
                     *             "user"
                     *           ],
                     *           "access": "read"
                     *         },
                     *         "limits": {
                     *           "maxSteps": 20,
                     *           "maxTokens": 500000,
                     *           "maxCostMicroUsd": 1000000,
                     *           "timeoutMs": 600000
                     *         },
                     *         "guardrails": []
                     *       },
                     *       "latestVersion": 1,
                     *       "publishedVersion": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPromptOptimization: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example opt_0198c0de4a7b7c3e9f10223344556677 */
                optimizationId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "baseVersion": 1,
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer"
                     *         }
                     *       ],
                     *       "status": "running",
                     *       "phase": "measuring",
                     *       "parts": {
                     *         "train": 1,
                     *         "validation": 1,
                     *         "test": 1
                     *       },
                     *       "budgetMicroUsd": 1,
                     *       "costMicroUsd": 1,
                     *       "inputTokens": 1,
                     *       "outputTokens": 1,
                     *       "conclusion": {
                     *         "verdict": "better",
                     *         "explanation": "text",
                     *         "candidate": 1,
                     *         "gain": {
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "cases": 1,
                     *           "costMicroUsdPerRun": 1,
                     *           "inputTokensPerRun": 1,
                     *           "outputTokensPerRun": 1
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PromptOptimizationSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    optimizePrompt: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                 *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                 *       "evaluatorIds": [
                 *         "evr_0198c0de4a7b7c3e9f10223344556677"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OptimizePrompt"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "baseVersion": 1,
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer"
                     *         }
                     *       ],
                     *       "status": "running",
                     *       "phase": "measuring",
                     *       "parts": {
                     *         "train": 1,
                     *         "validation": 1,
                     *         "test": 1
                     *       },
                     *       "budgetMicroUsd": 1,
                     *       "costMicroUsd": 1,
                     *       "inputTokens": 1,
                     *       "outputTokens": 1,
                     *       "conclusion": {
                     *         "verdict": "better",
                     *         "explanation": "text",
                     *         "candidate": 1,
                     *         "gain": {
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "cases": 1,
                     *           "costMicroUsdPerRun": 1,
                     *           "inputTokensPerRun": 1,
                     *           "outputTokensPerRun": 1
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PromptOptimizationSummary"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflowTemplates: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /**
                 * @description What the workflow is to do, in Korean or English; the best come first
                 * @example 매일 아침 슬랙으로 요약
                 */
                q?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "daily-inquiry-summary",
                     *           "title": {
                     *             "ko": "text",
                     *             "en": "text"
                     *           },
                     *           "description": {
                     *             "ko": "text",
                     *             "en": "text"
                     *           },
                     *           "nodeTypes": [
                     *             "text"
                     *           ],
                     *           "triggerKinds": [
                     *             "schedule"
                     *           ],
                     *           "score": 1
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowTemplatePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowTemplate: {
        parameters: {
            path: {
                /** @example daily-inquiry-summary */
                templateId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "daily-inquiry-summary",
                     *       "title": {
                     *         "ko": "text",
                     *         "en": "text"
                     *       },
                     *       "description": {
                     *         "ko": "text",
                     *         "en": "text"
                     *       },
                     *       "nodeTypes": [
                     *         "text"
                     *       ],
                     *       "triggerKinds": [
                     *         "schedule"
                     *       ],
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
                     *       "triggers": [
                     *         {
                     *           "kind": "schedule",
                     *           "why": {
                     *             "ko": "text",
                     *             "en": "text"
                     *           },
                     *           "method": "POST",
                     *           "path": "/v1/schedules",
                     *           "body": {}
                     *         }
                     *       ],
                     *       "setup": [
                     *         {
                     *           "ko": "text",
                     *           "en": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowTemplate"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adviseWorkflow: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["AdviseWorkflow"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_0198c0de4a7b7c3e9f10223344556677",
                     *       "version": 1,
                     *       "runs": {
                     *         "read": 1,
                     *         "leftOut": 1
                     *       },
                     *       "source": "static",
                     *       "explanation": "text",
                     *       "advice": [
                     *         {
                     *           "kind": "text",
                     *           "nodeIds": [
                     *             "text"
                     *           ],
                     *           "title": "text",
                     *           "detail": "What happened, and what to do about it",
                     *           "confidence": "low",
                     *           "applied": true,
                     *           "expectedGain": {
                     *             "latencyMsP50": 1,
                     *             "costMicroUsdPerRun": 1,
                     *             "basis": {
                     *               "runs": 1,
                     *               "affectedRuns": 1,
                     *               "beforeMsP50": 1,
                     *               "afterMsP50": 1
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "check": {
                     *         "checked": 1,
                     *         "skipped": 1
                     *       },
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
                     *       },
                     *       "nodes": [
                     *         {
                     *           "nodeId": "text",
                     *           "executions": 1,
                     *           "latencyMsP50": 1,
                     *           "latencyMsP95": 1,
                     *           "costMicroUsd": 1,
                     *           "failures": 1,
                     *           "retries": 1,
                     *           "cached": 1
                     *         }
                     *       ],
                     *       "proposals": [
                     *         {
                     *           "kind": "merge-calls",
                     *           "title": "text",
                     *           "why": "text",
                     *           "changedNodes": [
                     *             "text"
                     *           ],
                     *           "expectedGain": {
                     *             "latencyMsP50": 1,
                     *             "costMicroUsdPerRun": 1,
                     *             "basis": "measured"
                     *           },
                     *           "needsEvaluation": true,
                     *           "warnings": [
                     *             {
                     *               "pointer": "text",
                     *               "message": "is not what it has to be",
                     *               "code": "text"
                     *             }
                     *           ],
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
                     *           }
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "title": "text",
                     *           "problems": [
                     *             {
                     *               "pointer": "text",
                     *               "message": "is not what it has to be",
                     *               "code": "text"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "attempts": 1,
                     *       "usage": {
                     *         "model": "text",
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AdvisedWorkflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generateWorkflow: {
        parameters: {
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "매일 아침 9시에 새 문의를 요약해서 슬랙으로 보내줘"
                 *     }
                 */
                "application/json": components["schemas"]["GenerateWorkflow"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "draft": {
                     *         "name": "Answer a customer",
                     *         "description": "Finds what is known about a question, and answers it",
                     *         "graph": {
                     *           "nodes": [
                     *             {
                     *               "id": "start",
                     *               "type": "start",
                     *               "config": {}
                     *             },
                     *             {
                     *               "id": "greet",
                     *               "type": "template",
                     *               "config": {
                     *                 "text": "안녕하세요, {{ input.name }} 님"
                     *               }
                     *             },
                     *             {
                     *               "id": "end",
                     *               "type": "end",
                     *               "config": {
                     *                 "outputs": {
                     *                   "greeting": "{{ nodes.greet.data.text }}"
                     *                 }
                     *               }
                     *             }
                     *           ],
                     *           "edges": [
                     *             {
                     *               "from": "start",
                     *               "port": "out",
                     *               "to": "greet"
                     *             },
                     *             {
                     *               "from": "greet",
                     *               "port": "out",
                     *               "to": "end"
                     *             }
                     *           ]
                     *         }
                     *       },
                     *       "explanation": "text",
                     *       "triggers": [
                     *         {
                     *           "kind": "schedule",
                     *           "why": {
                     *             "ko": "text",
                     *             "en": "text"
                     *           },
                     *           "method": "POST",
                     *           "path": "/v1/schedules",
                     *           "body": {}
                     *         }
                     *       ],
                     *       "assumptions": [
                     *         "text"
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "pointer": "text",
                     *           "message": "is not what it has to be",
                     *           "code": "text"
                     *         }
                     *       ],
                     *       "hosts": [
                     *         "text"
                     *       ],
                     *       "source": "model",
                     *       "templateId": "text",
                     *       "attempts": 1,
                     *       "usage": {
                     *         "model": "text",
                     *         "inputTokens": 1,
                     *         "outputTokens": 1,
                     *         "costMicroUsd": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GeneratedWorkflow"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
            path: {
                /** @example key_0198c0de4a7b7c3e9f10223344556677 */
                apiKeyId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            path: {
                approvalId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideApproval: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditLogHead: {
        parameters: {
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description Days newest first; workflows and models by name */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDictionaryEntries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "word_0198c0de4a7b7c3e9f10223344556677",
                     *           "surface": "text",
                     *           "parts": [
                     *             "text"
                     *           ],
                     *           "tag": "NNG",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DictionaryEntryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDictionaryEntry: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "surface": "세종시",
                 *       "parts": [
                 *         "세종",
                 *         "시"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateDictionaryEntry"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "word_0198c0de4a7b7c3e9f10223344556677",
                     *       "surface": "text",
                     *       "parts": [
                     *         "text"
                     *       ],
                     *       "tag": "NNG",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DictionaryEntry"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDictionaryEntry: {
        parameters: {
            path: {
                /** @example word_0198c0de4a7b7c3e9f10223344556677 */
                dictionaryEntryId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "word_0198c0de4a7b7c3e9f10223344556677",
                     *       "surface": "text",
                     *       "parts": [
                     *         "text"
                     *       ],
                     *       "tag": "NNG",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DictionaryEntry"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDictionaryEntry: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example word_0198c0de4a7b7c3e9f10223344556677 */
                dictionaryEntryId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "parts": [
                 *         "세종",
                 *         "시"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UpdateDictionaryEntry"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "word_0198c0de4a7b7c3e9f10223344556677",
                     *       "surface": "text",
                     *       "parts": [
                     *         "text"
                     *       ],
                     *       "tag": "NNG",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DictionaryEntry"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDictionaryEntry: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example word_0198c0de4a7b7c3e9f10223344556677 */
                dictionaryEntryId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEventTrigger: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventTrigger: {
        parameters: {
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEventTrigger: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEventTrigger: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableEventTrigger: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableEventTrigger: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
            path: {
                /** @example evt_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "embeddingModel": "text",
                     *           "vectorWeight": 1,
                     *           "fusion": "weighted",
                     *           "minScore": 1,
                     *           "rerank": true,
                     *           "chunking": {
                     *             "childChars": 400,
                     *             "parentChars": 1600
                     *           },
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKnowledgeBase: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "고객 지원",
                 *       "minScore": 0.4
                 *     }
                 */
                "application/json": components["schemas"]["CreateKnowledgeBase"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "embeddingModel": "text",
                     *       "vectorWeight": 1,
                     *       "fusion": "weighted",
                     *       "minScore": 1,
                     *       "rerank": true,
                     *       "chunking": {
                     *         "childChars": 400,
                     *         "parentChars": 1600
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKnowledgeBase: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "embeddingModel": "text",
                     *       "vectorWeight": 1,
                     *       "fusion": "weighted",
                     *       "minScore": 1,
                     *       "rerank": true,
                     *       "chunking": {
                     *         "childChars": 400,
                     *         "parentChars": 1600
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteKnowledgeBase: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateKnowledgeBase: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "고객 지원",
                 *       "minScore": 0.4
                 *     }
                 */
                "application/json": components["schemas"]["UpdateKnowledgeBase"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "embeddingModel": "text",
                     *       "vectorWeight": 1,
                     *       "fusion": "weighted",
                     *       "minScore": 1,
                     *       "rerank": true,
                     *       "chunking": {
                     *         "childChars": 400,
                     *         "parentChars": 1600
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    analyzeText: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
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
                content: {
                    /**
                     * @example {
                     *       "analyzerVersion": "text",
                     *       "normalised": "text",
                     *       "words": [
                     *         {
                     *           "surface": "text",
                     *           "start": 1,
                     *           "end": 1,
                     *           "origin": "dictionary",
                     *           "tag": "text",
                     *           "lemma": "text",
                     *           "parts": [
                     *             {
                     *               "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *               "tag": "text"
                     *             }
                     *           ],
                     *           "terms": [
                     *             "text"
                     *           ]
                     *         }
                     *       ],
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
                     *       ],
                     *       "respelling": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["TextAnalysis"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                     *           "progress": {
                     *             "stage": "fetch",
                     *             "done": 1,
                     *             "total": 1
                     *           },
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "warnings": [
                     *             {
                     *               "code": "document.pages-not-read",
                     *               "message": "2 scanned pages were not read",
                     *               "pages": [
                     *                 1
                     *               ]
                     *             }
                     *           ],
                     *           "version": 1,
                     *           "publishedVersion": 1,
                     *           "access": [
                     *             "text"
                     *           ],
                     *           "metadata": {
                     *             "department": "hr",
                     *             "year": 2026,
                     *             "tags": [
                     *               "policy",
                     *               "leave"
                     *             ]
                     *           },
                     *           "chunkCount": 1,
                     *           "vectorCount": 1,
                     *           "embeddingError": {
                     *             "code": "text",
                     *             "message": "is not what it has to be",
                     *             "attempts": 1,
                     *             "nextAt": "2026-01-02T03:04:05.678Z"
                     *           },
                     *           "source": {
                     *             "url": "https://example.com/hooks/dure",
                     *             "resync": {
                     *               "everyS": 1
                     *             },
                     *             "checkedAt": "2026-01-02T03:04:05.678Z",
                     *             "nextAt": "2026-01-02T03:04:05.678Z",
                     *             "error": {
                     *               "code": "text",
                     *               "message": "is not what it has to be"
                     *             }
                     *           },
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDocument: {
        parameters: {
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
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refunds.md",
                 *       "text": "# 환불\n\n환불은 7일 안에 됩니다."
                 *     }
                 */
                "application/json": components["schemas"]["CreateDocument"];
                "multipart/form-data": components["schemas"]["UploadDocument"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "progress": {
                     *         "stage": "fetch",
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "warnings": [
                     *         {
                     *           "code": "document.pages-not-read",
                     *           "message": "2 scanned pages were not read",
                     *           "pages": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "access": [
                     *         "text"
                     *       ],
                     *       "metadata": {
                     *         "department": "hr",
                     *         "year": 2026,
                     *         "tags": [
                     *           "policy",
                     *           "leave"
                     *         ]
                     *       },
                     *       "chunkCount": 1,
                     *       "vectorCount": 1,
                     *       "embeddingError": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "attempts": 1,
                     *         "nextAt": "2026-01-02T03:04:05.678Z"
                     *       },
                     *       "source": {
                     *         "url": "https://example.com/hooks/dure",
                     *         "resync": {
                     *           "everyS": 1
                     *         },
                     *         "checkedAt": "2026-01-02T03:04:05.678Z",
                     *         "nextAt": "2026-01-02T03:04:05.678Z",
                     *         "error": {
                     *           "code": "text",
                     *           "message": "is not what it has to be"
                     *         }
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "progress": {
                     *         "stage": "fetch",
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "warnings": [
                     *         {
                     *           "code": "document.pages-not-read",
                     *           "message": "2 scanned pages were not read",
                     *           "pages": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "access": [
                     *         "text"
                     *       ],
                     *       "metadata": {
                     *         "department": "hr",
                     *         "year": 2026,
                     *         "tags": [
                     *           "policy",
                     *           "leave"
                     *         ]
                     *       },
                     *       "chunkCount": 1,
                     *       "vectorCount": 1,
                     *       "embeddingError": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "attempts": 1,
                     *         "nextAt": "2026-01-02T03:04:05.678Z"
                     *       },
                     *       "source": {
                     *         "url": "https://example.com/hooks/dure",
                     *         "resync": {
                     *           "everyS": 1
                     *         },
                     *         "checkedAt": "2026-01-02T03:04:05.678Z",
                     *         "nextAt": "2026-01-02T03:04:05.678Z",
                     *         "error": {
                     *           "code": "text",
                     *           "message": "is not what it has to be"
                     *         }
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setDocumentAccess: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "access": [
                 *         "everybody"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetAccess"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "progress": {
                     *         "stage": "fetch",
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "warnings": [
                     *         {
                     *           "code": "document.pages-not-read",
                     *           "message": "2 scanned pages were not read",
                     *           "pages": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "access": [
                     *         "text"
                     *       ],
                     *       "metadata": {
                     *         "department": "hr",
                     *         "year": 2026,
                     *         "tags": [
                     *           "policy",
                     *           "leave"
                     *         ]
                     *       },
                     *       "chunkCount": 1,
                     *       "vectorCount": 1,
                     *       "embeddingError": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "attempts": 1,
                     *         "nextAt": "2026-01-02T03:04:05.678Z"
                     *       },
                     *       "source": {
                     *         "url": "https://example.com/hooks/dure",
                     *         "resync": {
                     *           "everyS": 1
                     *         },
                     *         "checkedAt": "2026-01-02T03:04:05.678Z",
                     *         "nextAt": "2026-01-02T03:04:05.678Z",
                     *         "error": {
                     *           "code": "text",
                     *           "message": "is not what it has to be"
                     *         }
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDocumentChunks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description The person that an application asks for, as `onBehalfOf.user` of a search: a document that they may not see is not there */
                onBehalfOfUser?: string;
                /** @description Their groups, as `onBehalfOf.groups` */
                onBehalfOfGroups?: string[];
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "chk_0198c0de4a7b7c3e9f10223344556677",
                     *           "ordinal": 1,
                     *           "headings": [
                     *             "text"
                     *           ],
                     *           "page": 1,
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "start": 1,
                     *           "end": 1,
                     *           "hasVector": true
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentChunkPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followDocument: {
        parameters: {
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setDocumentMetadata: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "department": "hr",
                 *         "year": 2026,
                 *         "tags": [
                 *           "policy",
                 *           "leave"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SetMetadata"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "progress": {
                     *         "stage": "fetch",
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "warnings": [
                     *         {
                     *           "code": "document.pages-not-read",
                     *           "message": "2 scanned pages were not read",
                     *           "pages": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "access": [
                     *         "text"
                     *       ],
                     *       "metadata": {
                     *         "department": "hr",
                     *         "year": 2026,
                     *         "tags": [
                     *           "policy",
                     *           "leave"
                     *         ]
                     *       },
                     *       "chunkCount": 1,
                     *       "vectorCount": 1,
                     *       "embeddingError": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "attempts": 1,
                     *         "nextAt": "2026-01-02T03:04:05.678Z"
                     *       },
                     *       "source": {
                     *         "url": "https://example.com/hooks/dure",
                     *         "resync": {
                     *           "everyS": 1
                     *         },
                     *         "checkedAt": "2026-01-02T03:04:05.678Z",
                     *         "nextAt": "2026-01-02T03:04:05.678Z",
                     *         "error": {
                     *           "code": "text",
                     *           "message": "is not what it has to be"
                     *         }
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reprocessDocument: {
        parameters: {
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
                /** @example doc_0198c0de4a7b7c3e9f10223344556677 */
                documentId: string;
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "mediaType": "text",
                     *       "sizeBytes": 1,
                     *       "status": "queued",
                     *       "progress": {
                     *         "stage": "fetch",
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "warnings": [
                     *         {
                     *           "code": "document.pages-not-read",
                     *           "message": "2 scanned pages were not read",
                     *           "pages": [
                     *             1
                     *           ]
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "publishedVersion": 1,
                     *       "access": [
                     *         "text"
                     *       ],
                     *       "metadata": {
                     *         "department": "hr",
                     *         "year": 2026,
                     *         "tags": [
                     *           "policy",
                     *           "leave"
                     *         ]
                     *       },
                     *       "chunkCount": 1,
                     *       "vectorCount": 1,
                     *       "embeddingError": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "attempts": 1,
                     *         "nextAt": "2026-01-02T03:04:05.678Z"
                     *       },
                     *       "source": {
                     *         "url": "https://example.com/hooks/dure",
                     *         "resync": {
                     *           "everyS": 1
                     *         },
                     *         "checkedAt": "2026-01-02T03:04:05.678Z",
                     *         "nextAt": "2026-01-02T03:04:05.678Z",
                     *         "error": {
                     *           "code": "text",
                     *           "message": "is not what it has to be"
                     *         }
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvaluations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "eval_0198c0de4a7b7c3e9f10223344556677",
                     *           "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "status": "queued",
                     *           "progress": {
                     *             "done": 1,
                     *             "total": 1
                     *           },
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "modes": [
                     *             "keyword"
                     *           ],
                     *           "filter": {
                     *             "all": [
                     *               {
                     *                 "key": "department",
                     *                 "in": [
                     *                   "hr",
                     *                   "legal"
                     *                 ]
                     *               },
                     *               {
                     *                 "key": "year",
                     *                 "gte": 2025
                     *               }
                     *             ]
                     *           },
                     *           "scores": [
                     *             {
                     *               "mode": "keyword",
                     *               "ndcg10": 1,
                     *               "recall10": 1,
                     *               "recall100": 1,
                     *               "mrr10": 1,
                     *               "low": 1,
                     *               "high": 1
                     *             }
                     *           ],
                     *           "fitted": {
                     *             "vectorWeight": 1,
                     *             "gain": 1,
                     *             "low": 1,
                     *             "high": 1
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EvaluationPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEvaluation: {
        parameters: {
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
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "고객 질문 50개",
                 *       "queries": [
                 *         {
                 *           "query": "환불은 언제 되나요?",
                 *           "relevant": [
                 *             {
                 *               "documentId": "doc_0198c0de4a7b7c3e9f10223344556677"
                 *             }
                 *           ]
                 *         }
                 *       ],
                 *       "filter": {
                 *         "all": [
                 *           {
                 *             "key": "department",
                 *             "in": [
                 *               "hr",
                 *               "legal"
                 *             ]
                 *           },
                 *           {
                 *             "key": "year",
                 *             "gte": 2025
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateEvaluation"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "eval_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "status": "queued",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "modes": [
                     *         "keyword"
                     *       ],
                     *       "filter": {
                     *         "all": [
                     *           {
                     *             "key": "department",
                     *             "in": [
                     *               "hr",
                     *               "legal"
                     *             ]
                     *           },
                     *           {
                     *             "key": "year",
                     *             "gte": 2025
                     *           }
                     *         ]
                     *       },
                     *       "scores": [
                     *         {
                     *           "mode": "keyword",
                     *           "ndcg10": 1,
                     *           "recall10": 1,
                     *           "recall100": 1,
                     *           "mrr10": 1,
                     *           "low": 1,
                     *           "high": 1
                     *         }
                     *       ],
                     *       "fitted": {
                     *         "vectorWeight": 1,
                     *         "gain": 1,
                     *         "low": 1,
                     *         "high": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvaluation: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example eval_0198c0de4a7b7c3e9f10223344556677 */
                evaluationId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "eval_0198c0de4a7b7c3e9f10223344556677",
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "status": "queued",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "modes": [
                     *         "keyword"
                     *       ],
                     *       "filter": {
                     *         "all": [
                     *           {
                     *             "key": "department",
                     *             "in": [
                     *               "hr",
                     *               "legal"
                     *             ]
                     *           },
                     *           {
                     *             "key": "year",
                     *             "gte": 2025
                     *           }
                     *         ]
                     *       },
                     *       "scores": [
                     *         {
                     *           "mode": "keyword",
                     *           "ndcg10": 1,
                     *           "recall10": 1,
                     *           "recall100": 1,
                     *           "mrr10": 1,
                     *           "low": 1,
                     *           "high": 1
                     *         }
                     *       ],
                     *       "fitted": {
                     *         "vectorWeight": 1,
                     *         "gain": 1,
                     *         "low": 1,
                     *         "high": 1
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEvaluation: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example eval_0198c0de4a7b7c3e9f10223344556677 */
                evaluationId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyEvaluation: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example eval_0198c0de4a7b7c3e9f10223344556677 */
                evaluationId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "embeddingModel": "text",
                     *       "vectorWeight": 1,
                     *       "fusion": "weighted",
                     *       "minScore": 1,
                     *       "rerank": true,
                     *       "chunking": {
                     *         "childChars": 400,
                     *         "parentChars": 1600
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeBase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvaluationResults: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
                /** @example eval_0198c0de4a7b7c3e9f10223344556677 */
                evaluationId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "query": "배송은 언제 오나요?",
                     *           "relevant": [
                     *             {
                     *               "documentId": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *               "grade": 1
                     *             }
                     *           ],
                     *           "scores": {
                     *             "keyword": {
                     *               "ndcg10": 1,
                     *               "recall10": 1,
                     *               "recall100": 1,
                     *               "mrr10": 1
                     *             },
                     *             "vector": {
                     *               "ndcg10": 1,
                     *               "recall10": 1,
                     *               "recall100": 1,
                     *               "mrr10": 1
                     *             },
                     *             "hybrid": {
                     *               "ndcg10": 1,
                     *               "recall10": 1,
                     *               "recall100": 1,
                     *               "mrr10": 1
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EvaluatedQueryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReanalysis: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "analyzerVersion": "text",
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reanalysis"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reanalyzeKnowledgeBase: {
        parameters: {
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
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "analyzerVersion": "text",
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reanalysis"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelReanalysis: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReindexing: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "embeddingModel": "text",
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "nextAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reindexing"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reindexKnowledgeBase: {
        parameters: {
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
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReindexKnowledgeBase"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *       "embeddingModel": "text",
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "nextAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reindexing"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelReindexing: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchKnowledgeBase: {
        parameters: {
            path: {
                /** @example kb_0198c0de4a7b7c3e9f10223344556677 */
                knowledgeBaseId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": "환불을 받고 싶어요",
                 *       "filter": {
                 *         "all": [
                 *           {
                 *             "key": "department",
                 *             "in": [
                 *               "hr",
                 *               "legal"
                 *             ]
                 *           },
                 *           {
                 *             "key": "year",
                 *             "gte": 2025
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SearchKnowledgeBase"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "chunks": [
                     *         {
                     *           "chunkId": "text",
                     *           "knowledgeBaseId": "kb_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentId": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentName": "text",
                     *           "source": {
                     *             "trust": "project",
                     *             "url": "https://example.com/hooks/dure"
                     *           },
                     *           "metadata": {},
                     *           "headings": [
                     *             "text"
                     *           ],
                     *           "page": 1,
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "start": 1,
                     *           "end": 1,
                     *           "score": 1,
                     *           "contributions": {},
                     *           "explanation": {
                     *             "keyword": 1,
                     *             "vector": 1,
                     *             "rerank": 1,
                     *             "matched": [
                     *               "text"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "context": "text",
                     *       "citations": [
                     *         {
                     *           "number": 1,
                     *           "documentId": "doc_0198c0de4a7b7c3e9f10223344556677",
                     *           "documentName": "text",
                     *           "source": {
                     *             "trust": "project",
                     *             "url": "https://example.com/hooks/dure"
                     *           },
                     *           "headings": [
                     *             "text"
                     *           ],
                     *           "page": 1,
                     *           "chunkId": "text"
                     *         }
                     *       ],
                     *       "degraded": true,
                     *       "degradedReason": "embedding.timeout"
                     *     }
                     */
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMcpServers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "mcp_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "wiki",
                     *           "url": "https://example.com/hooks/dure",
                     *           "auth": {
                     *             "secret": "shop_api_key",
                     *             "as": "bearer"
                     *           },
                     *           "allowedTools": [
                     *             "text"
                     *           ],
                     *           "revision": 1,
                     *           "refreshedAt": "2026-01-02T03:04:05.678Z",
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["McpServerPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMcpServer: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "wiki",
                 *       "url": "https://mcp.example.com/mcp"
                 *     }
                 */
                "application/json": components["schemas"]["SaveMcpServer"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "mcp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "wiki",
                     *       "url": "https://example.com/hooks/dure",
                     *       "auth": {
                     *         "secret": "shop_api_key",
                     *         "as": "bearer"
                     *       },
                     *       "allowedTools": [
                     *         "text"
                     *       ],
                     *       "revision": 1,
                     *       "refreshedAt": "2026-01-02T03:04:05.678Z",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["McpServer"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMcpServer: {
        parameters: {
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "mcp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "wiki",
                     *       "url": "https://example.com/hooks/dure",
                     *       "auth": {
                     *         "secret": "shop_api_key",
                     *         "as": "bearer"
                     *       },
                     *       "allowedTools": [
                     *         "text"
                     *       ],
                     *       "revision": 1,
                     *       "refreshedAt": "2026-01-02T03:04:05.678Z",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["McpServer"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceMcpServer: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "wiki",
                 *       "url": "https://mcp.example.com/mcp"
                 *     }
                 */
                "application/json": components["schemas"]["SaveMcpServer"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "mcp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "wiki",
                     *       "url": "https://example.com/hooks/dure",
                     *       "auth": {
                     *         "secret": "shop_api_key",
                     *         "as": "bearer"
                     *       },
                     *       "allowedTools": [
                     *         "text"
                     *       ],
                     *       "revision": 1,
                     *       "refreshedAt": "2026-01-02T03:04:05.678Z",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["McpServer"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMcpServer: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshMcpServer: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "mcp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "wiki",
                     *       "url": "https://example.com/hooks/dure",
                     *       "auth": {
                     *         "secret": "shop_api_key",
                     *         "as": "bearer"
                     *       },
                     *       "allowedTools": [
                     *         "text"
                     *       ],
                     *       "revision": 1,
                     *       "refreshedAt": "2026-01-02T03:04:05.678Z",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["McpServer"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMcpTools: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "search_pages",
                     *           "grant": "mcp:wiki/search_pages",
                     *           "nameForModel": "wiki__search_pages",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "inputSchema": {},
                     *           "hash": "0000000000000000000000000000000000000000000000000000000000000000",
                     *           "approved": true,
                     *           "approval": {
                     *             "hash": "0000000000000000000000000000000000000000000000000000000000000000",
                     *             "effect": "read",
                     *             "by": "text",
                     *             "at": "2026-01-02T03:04:05.678Z",
                     *             "description": "Finds what is known about a question, and answers it",
                     *             "inputSchema": {}
                     *           },
                     *           "allowed": true
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["McpToolPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveMcpTool: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example mcp_0198c0de4a7b7c3e9f10223344556677 */
                serverId: string;
                /** @example search_pages */
                toolName: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hash": "0000000000000000000000000000000000000000000000000000000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["ApproveMcpTool"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "name": "search_pages",
                     *       "grant": "mcp:wiki/search_pages",
                     *       "nameForModel": "wiki__search_pages",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "inputSchema": {},
                     *       "hash": "0000000000000000000000000000000000000000000000000000000000000000",
                     *       "approved": true,
                     *       "approval": {
                     *         "hash": "0000000000000000000000000000000000000000000000000000000000000000",
                     *         "effect": "read",
                     *         "by": "text",
                     *         "at": "2026-01-02T03:04:05.678Z",
                     *         "description": "Finds what is known about a question, and answers it",
                     *         "inputSchema": {}
                     *       },
                     *       "allowed": true
                     *     }
                     */
                    "application/json": components["schemas"]["McpTool"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "text",
                     *           "provider": "text",
                     *           "isDefault": true,
                     *           "isDemo": true,
                     *           "capabilities": {
                     *             "tools": true,
                     *             "parallelTools": true,
                     *             "jsonSchema": true,
                     *             "vision": true,
                     *             "reasoning": true,
                     *             "promptCaching": "none",
                     *             "contextTokens": 1,
                     *             "maxOutputTokens": 1
                     *           },
                     *           "price": {
                     *             "from": "2026-01-02",
                     *             "inputMicroUsd": 1,
                     *             "outputMicroUsd": 1,
                     *             "cachedInputMicroUsd": 1
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNodeTypes: {
        parameters: {
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNodeType: {
        parameters: {
            path: {
                type: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNodeTypeSchema: {
        parameters: {
            path: {
                type: string;
            };
        };
        responses: {
            /** @description A JSON Schema */
            200: {
                content: {
                    /** @example {} */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "Answer a customer",
                     *           "kind": "openai",
                     *           "limits": {
                     *             "requestsPerMinute": 1,
                     *             "tokensPerMinute": 1,
                     *             "concurrency": 1
                     *           },
                     *           "pausedUntil": "2026-01-02T03:04:05.678Z",
                     *           "breakers": [
                     *             {
                     *               "model": "text",
                     *               "state": "closed"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ProviderPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
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
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followRun: {
        parameters: {
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
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
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseRun: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRun: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRun: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSchedule: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSchedule: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSchedule: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableSchedule: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableSchedule: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
            path: {
                /** @example sch_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSecret: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSecret: {
        parameters: {
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceSecret: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSecret: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example sec_0198c0de4a7b7c3e9f10223344556677 */
                secretId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTools: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                kind?: "builtin" | "http" | "openapi" | "code";
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "kind": "builtin",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "inputSchema": {},
                     *           "effect": "pure",
                     *           "idempotent": true,
                     *           "http": {
                     *             "method": "GET",
                     *             "url": "https://api.example.com/orders/{orderId}",
                     *             "parameters": [
                     *               {
                     *                 "name": "Answer a customer",
                     *                 "in": "path",
                     *                 "as": "text"
                     *               }
                     *             ],
                     *             "bodyFrom": "body",
                     *             "headers": {},
                     *             "auth": {
                     *               "secret": "shop_api_key",
                     *               "as": "bearer"
                     *             }
                     *           },
                     *           "code": {
                     *             "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *           },
                     *           "configSchema": {},
                     *           "source": {
                     *             "import": "text",
                     *             "operation": "text"
                     *           },
                     *           "revision": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ToolPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTool: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "find_order",
                 *       "kind": "http",
                 *       "description": "Finds an order by its number",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "properties": {
                 *           "orderId": {
                 *             "type": "string",
                 *             "maxLength": 40
                 *           }
                 *         },
                 *         "required": [
                 *           "orderId"
                 *         ]
                 *       },
                 *       "http": {
                 *         "method": "GET",
                 *         "url": "https://api.example.com/orders/{orderId}"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveTool"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "kind": "builtin",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "inputSchema": {},
                     *       "effect": "pure",
                     *       "idempotent": true,
                     *       "http": {
                     *         "method": "GET",
                     *         "url": "https://api.example.com/orders/{orderId}",
                     *         "parameters": [
                     *           {
                     *             "name": "Answer a customer",
                     *             "in": "path",
                     *             "as": "text"
                     *           }
                     *         ],
                     *         "bodyFrom": "body",
                     *         "headers": {},
                     *         "auth": {
                     *           "secret": "shop_api_key",
                     *           "as": "bearer"
                     *         }
                     *       },
                     *       "code": {
                     *         "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *       },
                     *       "configSchema": {},
                     *       "source": {
                     *         "import": "text",
                     *         "operation": "text"
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tool"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importOpenApi: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shop",
                 *       "document": {
                 *         "openapi": "3.1.0",
                 *         "servers": [
                 *           {
                 *             "url": "https://api.example.com"
                 *           }
                 *         ],
                 *         "paths": {
                 *           "/orders": {
                 *             "get": {
                 *               "operationId": "listOrders",
                 *               "summary": "List orders"
                 *             }
                 *           }
                 *         }
                 *       },
                 *       "include": [
                 *         "listOrders"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ImportOpenApi"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "operations": [
                     *         {
                     *           "operation": "GET /orders",
                     *           "change": "created",
                     *           "tool": {
                     *             "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *             "name": "Answer a customer",
                     *             "kind": "builtin",
                     *             "description": "Finds what is known about a question, and answers it",
                     *             "inputSchema": {},
                     *             "effect": "pure",
                     *             "idempotent": true,
                     *             "http": {
                     *               "method": "GET",
                     *               "url": "https://api.example.com/orders/{orderId}",
                     *               "parameters": [
                     *                 {
                     *                   "name": "Answer a customer",
                     *                   "in": "path",
                     *                   "as": "text"
                     *                 }
                     *               ],
                     *               "bodyFrom": "body",
                     *               "headers": {},
                     *               "auth": {
                     *                 "secret": "shop_api_key",
                     *                 "as": "bearer"
                     *               }
                     *             },
                     *             "code": {
                     *               "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *             },
                     *             "configSchema": {},
                     *             "source": {
                     *               "import": "text",
                     *               "operation": "text"
                     *             },
                     *             "revision": 1,
                     *             "createdBy": "text",
                     *             "createdAt": "2026-01-02T03:04:05.678Z",
                     *             "updatedAt": "2026-01-02T03:04:05.678Z"
                     *           },
                     *           "problem": "text"
                     *         }
                     *       ],
                     *       "missing": [
                     *         {
                     *           "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "kind": "builtin",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "inputSchema": {},
                     *           "effect": "pure",
                     *           "idempotent": true,
                     *           "http": {
                     *             "method": "GET",
                     *             "url": "https://api.example.com/orders/{orderId}",
                     *             "parameters": [
                     *               {
                     *                 "name": "Answer a customer",
                     *                 "in": "path",
                     *                 "as": "text"
                     *               }
                     *             ],
                     *             "bodyFrom": "body",
                     *             "headers": {},
                     *             "auth": {
                     *               "secret": "shop_api_key",
                     *               "as": "bearer"
                     *             }
                     *           },
                     *           "code": {
                     *             "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *           },
                     *           "configSchema": {},
                     *           "source": {
                     *             "import": "text",
                     *             "operation": "text"
                     *           },
                     *           "revision": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ImportedTools"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTool: {
        parameters: {
            path: {
                /** @example tool_0198c0de4a7b7c3e9f10223344556677 */
                toolId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "kind": "builtin",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "inputSchema": {},
                     *       "effect": "pure",
                     *       "idempotent": true,
                     *       "http": {
                     *         "method": "GET",
                     *         "url": "https://api.example.com/orders/{orderId}",
                     *         "parameters": [
                     *           {
                     *             "name": "Answer a customer",
                     *             "in": "path",
                     *             "as": "text"
                     *           }
                     *         ],
                     *         "bodyFrom": "body",
                     *         "headers": {},
                     *         "auth": {
                     *           "secret": "shop_api_key",
                     *           "as": "bearer"
                     *         }
                     *       },
                     *       "code": {
                     *         "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *       },
                     *       "configSchema": {},
                     *       "source": {
                     *         "import": "text",
                     *         "operation": "text"
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tool"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceTool: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example tool_0198c0de4a7b7c3e9f10223344556677 */
                toolId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "find_order",
                 *       "kind": "http",
                 *       "description": "Finds an order by its number",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "properties": {
                 *           "orderId": {
                 *             "type": "string",
                 *             "maxLength": 40
                 *           }
                 *         },
                 *         "required": [
                 *           "orderId"
                 *         ]
                 *       },
                 *       "http": {
                 *         "method": "GET",
                 *         "url": "https://api.example.com/orders/{orderId}"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveTool"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "tool_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "kind": "builtin",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "inputSchema": {},
                     *       "effect": "pure",
                     *       "idempotent": true,
                     *       "http": {
                     *         "method": "GET",
                     *         "url": "https://api.example.com/orders/{orderId}",
                     *         "parameters": [
                     *           {
                     *             "name": "Answer a customer",
                     *             "in": "path",
                     *             "as": "text"
                     *           }
                     *         ],
                     *         "bodyFrom": "body",
                     *         "headers": {},
                     *         "auth": {
                     *           "secret": "shop_api_key",
                     *           "as": "bearer"
                     *         }
                     *       },
                     *       "code": {
                     *         "source": "return { total: input.prices.reduce((sum, price) => sum + price, 0) }"
                     *       },
                     *       "configSchema": {},
                     *       "source": {
                     *         "import": "text",
                     *         "operation": "text"
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tool"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTool: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example tool_0198c0de4a7b7c3e9f10223344556677 */
                toolId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    executeTool: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example tool_0198c0de4a7b7c3e9f10223344556677 */
                toolId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": {
                 *         "expression": "2 + 2"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TryTool"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "status": "succeeded",
                     *       "output": {},
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be",
                     *         "class": "text"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ToolTrial"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description Days newest first; workflows and models by name */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVariables: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "var_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "support_email",
                     *           "value": {},
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["VariablePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVariable: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "support_email",
                 *       "value": "help@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["CreateVariable"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "var_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "support_email",
                     *       "value": {},
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVariable: {
        parameters: {
            path: {
                /** @example var_0198c0de4a7b7c3e9f10223344556677 */
                variableId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "var_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "support_email",
                     *       "value": {},
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateVariable: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example var_0198c0de4a7b7c3e9f10223344556677 */
                variableId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "help@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateVariable"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "var_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "support_email",
                     *       "value": {},
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteVariable: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example var_0198c0de4a7b7c3e9f10223344556677 */
                variableId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookTrigger: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookTrigger: {
        parameters: {
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookTrigger: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookTrigger: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWebhookTrigger: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhookTrigger: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
            path: {
                /** @example whk_0198c0de4a7b7c3e9f10223344556677 */
                triggerId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkflow: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importWorkflow: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateGraph: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflow: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWorkflow: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWorkflow: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWorkflow: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicateWorkflow: {
        parameters: {
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
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    optimizeWorkflow: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
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
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackWorkflow: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
                /**
                 * @description `wait=n`: answer when the run has ended, after n seconds at the latest; `respond-async`: answer at once. What the body says counts more
                 * @example wait=10
                 */
                prefer?: string;
            };
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
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
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateWorkflow: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
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
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkflowVersion: {
        parameters: {
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
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffWorkflowVersions: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
                a: number;
                b: number;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowVersion: {
        parameters: {
            path: {
                /** @example wf_0198c0de4a7b7c3e9f10223344556677 */
                workflowId: string;
                number: number;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishWorkflowVersion: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAlias: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlias: {
        parameters: {
            path: {
                aliasId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAlias: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                aliasId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAlias: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                aliasId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
            path: {
                aliasId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteAlias: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBudgets: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "bud_0198c0de4a7b7c3e9f10223344556677",
                     *           "scope": "project",
                     *           "period": "month",
                     *           "timeZone": "Asia/Seoul",
                     *           "subjectId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Support, November",
                     *           "limitMicroUsd": 25000000,
                     *           "onExhaustion": {
                     *             "policy": "stop",
                     *             "atPercent": 1
                     *           },
                     *           "warnAtPercents": [
                     *             80,
                     *             100
                     *           ],
                     *           "current": {
                     *             "period": "2026-11",
                     *             "leftMicroUsd": 25000000,
                     *             "reservedMicroUsd": 25000000,
                     *             "spentMicroUsd": 25000000
                     *           },
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["BudgetPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBudget: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "project",
                 *       "period": "month",
                 *       "timeZone": "Asia/Seoul",
                 *       "limitMicroUsd": 25000000,
                 *       "name": "Support, November",
                 *       "warnAtPercents": [
                 *         80,
                 *         100
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateBudget"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "bud_0198c0de4a7b7c3e9f10223344556677",
                     *       "scope": "project",
                     *       "period": "month",
                     *       "timeZone": "Asia/Seoul",
                     *       "subjectId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Support, November",
                     *       "limitMicroUsd": 25000000,
                     *       "onExhaustion": {
                     *         "policy": "stop",
                     *         "atPercent": 1
                     *       },
                     *       "warnAtPercents": [
                     *         80,
                     *         100
                     *       ],
                     *       "current": {
                     *         "period": "2026-11",
                     *         "leftMicroUsd": 25000000,
                     *         "reservedMicroUsd": 25000000,
                     *         "spentMicroUsd": 25000000
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBudget: {
        parameters: {
            path: {
                /** @example bud_0198c0de4a7b7c3e9f10223344556677 */
                budgetId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "bud_0198c0de4a7b7c3e9f10223344556677",
                     *       "scope": "project",
                     *       "period": "month",
                     *       "timeZone": "Asia/Seoul",
                     *       "subjectId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Support, November",
                     *       "limitMicroUsd": 25000000,
                     *       "onExhaustion": {
                     *         "policy": "stop",
                     *         "atPercent": 1
                     *       },
                     *       "warnAtPercents": [
                     *         80,
                     *         100
                     *       ],
                     *       "current": {
                     *         "period": "2026-11",
                     *         "leftMicroUsd": 25000000,
                     *         "reservedMicroUsd": 25000000,
                     *         "spentMicroUsd": 25000000
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBudget: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example bud_0198c0de4a7b7c3e9f10223344556677 */
                budgetId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeBudget: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example bud_0198c0de4a7b7c3e9f10223344556677 */
                budgetId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Support, November",
                 *       "limitMicroUsd": 25000000,
                 *       "warnAtPercents": [
                 *         80,
                 *         100
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeBudget"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "bud_0198c0de4a7b7c3e9f10223344556677",
                     *       "scope": "project",
                     *       "period": "month",
                     *       "timeZone": "Asia/Seoul",
                     *       "subjectId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Support, November",
                     *       "limitMicroUsd": 25000000,
                     *       "onExhaustion": {
                     *         "policy": "stop",
                     *         "atPercent": 1
                     *       },
                     *       "warnAtPercents": [
                     *         80,
                     *         100
                     *       ],
                     *       "current": {
                     *         "period": "2026-11",
                     *         "leftMicroUsd": 25000000,
                     *         "reservedMicroUsd": 25000000,
                     *         "spentMicroUsd": 25000000
                     *       },
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example bud_0198c0de4a7b7c3e9f10223344556677 */
                budgetId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "1042",
                     *           "kind": "settle",
                     *           "period": "2026-11",
                     *           "availableMicroUsd": 25000000,
                     *           "reservedMicroUsd": 25000000,
                     *           "spentMicroUsd": 25000000,
                     *           "outsideMicroUsd": 25000000,
                     *           "balanceMicroUsd": 25000000,
                     *           "callKey": "exe_0198c0de4a7b7c3e9f10223344556677/3/1/0b0e4c5e-6a0f-4b1c-9a51-5c9b6a3f2d10",
                     *           "projectId": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *           "runId": "run_0198c0de4a7b7c3e9f10223344556677",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "keyId": "key_0198c0de4a7b7c3e9f10223344556677",
                     *           "model": "gpt-5-mini",
                     *           "at": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverCallback: {
        parameters: {
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
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasets: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example refund questions */
                name?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "description": "Finds what is known about a question, and answers it",
                     *           "revision": 1,
                     *           "caseCount": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDataset: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund questions"
                 *     }
                 */
                "application/json": components["schemas"]["CreateDataset"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "revision": 1,
                     *       "caseCount": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDataset: {
        parameters: {
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "revision": 1,
                     *       "caseCount": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDataset: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDataset: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund questions"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateDataset"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "description": "Finds what is known about a question, and answers it",
                     *       "revision": 1,
                     *       "caseCount": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasetCases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "case_0198c0de4a7b7c3e9f10223344556677",
                     *           "since": 1,
                     *           "input": "환불은 언제 되나요?",
                     *           "expectedOutput": "7일 안에 환불됩니다.",
                     *           "expectedToolCalls": [
                     *             {
                     *               "name": "calculator",
                     *               "arguments": {
                     *                 "expression": "2 * 21"
                     *               }
                     *             }
                     *           ],
                     *           "metadata": {
                     *             "topic": "refund"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["DatasetCasePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDatasetCases: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
            };
        };
        /** @description As JSON, or a case a line as application/x-ndjson. A case has at most 65536 bytes */
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "input": "환불은 언제 되나요?",
                 *         "expectedOutput": "7일 안에 환불됩니다.",
                 *         "metadata": {
                 *           "topic": "refund"
                 *         }
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["AddDatasetCases"];
                /**
                 * @example [
                 *       {
                 *         "input": "환불은 언제 되나요?",
                 *         "expectedOutput": "7일 안에 환불됩니다.",
                 *         "metadata": {
                 *           "topic": "refund"
                 *         }
                 *       }
                 *     ]
                 */
                "application/x-ndjson": components["schemas"]["AddDatasetCases"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "ids": [
                     *         "case_0198c0de4a7b7c3e9f10223344556677"
                     *       ],
                     *       "dataset": {
                     *         "id": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *         "name": "Answer a customer",
                     *         "description": "Finds what is known about a question, and answers it",
                     *         "revision": 1,
                     *         "caseCount": 1,
                     *         "createdBy": "text",
                     *         "createdAt": "2026-01-02T03:04:05.678Z",
                     *         "updatedAt": "2026-01-02T03:04:05.678Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DatasetCasesAdded"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetCase: {
        parameters: {
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
                /** @example case_0198c0de4a7b7c3e9f10223344556677 */
                caseId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "case_0198c0de4a7b7c3e9f10223344556677",
                     *       "since": 1,
                     *       "input": "환불은 언제 되나요?",
                     *       "expectedOutput": "7일 안에 환불됩니다.",
                     *       "expectedToolCalls": [
                     *         {
                     *           "name": "calculator",
                     *           "arguments": {
                     *             "expression": "2 * 21"
                     *           }
                     *         }
                     *       ],
                     *       "metadata": {
                     *         "topic": "refund"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DatasetCase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceDatasetCase: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
                /** @example case_0198c0de4a7b7c3e9f10223344556677 */
                caseId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "환불은 언제 되나요?",
                 *       "expectedOutput": "7일 안에 환불됩니다.",
                 *       "metadata": {
                 *         "topic": "refund"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DatasetCaseBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "case_0198c0de4a7b7c3e9f10223344556677",
                     *       "since": 1,
                     *       "input": "환불은 언제 되나요?",
                     *       "expectedOutput": "7일 안에 환불됩니다.",
                     *       "expectedToolCalls": [
                     *         {
                     *           "name": "calculator",
                     *           "arguments": {
                     *             "expression": "2 * 21"
                     *           }
                     *         }
                     *       ],
                     *       "metadata": {
                     *         "topic": "refund"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DatasetCase"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDatasetCase: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example dst_0198c0de4a7b7c3e9f10223344556677 */
                datasetId: string;
                /** @example case_0198c0de4a7b7c3e9f10223344556677 */
                caseId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeadLetter: {
        parameters: {
            path: {
                deadLetterId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDeadLetter: {
        parameters: {
            path: {
                deadLetterId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetter: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetters: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvaluators: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "config": {
                     *             "kind": "exact",
                     *             "ignoreCase": true,
                     *             "ignoreSpace": true
                     *           },
                     *           "revision": 1,
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["EvaluatorPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEvaluator: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "names the days",
                 *       "config": {
                 *         "kind": "regex",
                 *         "pattern": "\\d+일"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveEvaluator"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "config": {
                     *         "kind": "exact",
                     *         "ignoreCase": true,
                     *         "ignoreSpace": true
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Evaluator"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvaluator: {
        parameters: {
            path: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                evaluatorId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "config": {
                     *         "kind": "exact",
                     *         "ignoreCase": true,
                     *         "ignoreSpace": true
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Evaluator"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceEvaluator: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                evaluatorId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "names the days",
                 *       "config": {
                 *         "kind": "regex",
                 *         "pattern": "\\d+일"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveEvaluator"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "config": {
                     *         "kind": "exact",
                     *         "ignoreCase": true,
                     *         "ignoreSpace": true
                     *       },
                     *       "revision": 1,
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Evaluator"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEvaluator: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example evr_0198c0de4a7b7c3e9f10223344556677 */
                evaluatorId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emitEvent: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExperiments: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example agt_0198c0de4a7b7c3e9f10223344556677 */
                agentId?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "exp_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *           "versions": [
                     *             1
                     *           ],
                     *           "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *           "datasetRevision": 1,
                     *           "evaluators": [
                     *             {
                     *               "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *               "name": "Answer a customer",
                     *               "revision": 1,
                     *               "config": {
                     *                 "kind": "exact",
                     *                 "ignoreCase": true,
                     *                 "ignoreSpace": true
                     *               }
                     *             }
                     *           ],
                     *           "repetitions": 1,
                     *           "concurrency": 1,
                     *           "budgetMicroUsd": 1,
                     *           "status": "running",
                     *           "progress": {
                     *             "done": 1,
                     *             "total": 1
                     *           },
                     *           "costMicroUsd": 1,
                     *           "summary": {
                     *             "versions": [
                     *               {
                     *                 "version": 1,
                     *                 "runs": 1,
                     *                 "failed": 1,
                     *                 "score": 1,
                     *                 "passRate": 1,
                     *                 "evaluators": [
                     *                   {
                     *                     "evaluatorId": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *                     "name": "Answer a customer",
                     *                     "scored": 1,
                     *                     "errors": 1,
                     *                     "mean": 1,
                     *                     "passRate": 1
                     *                   }
                     *                 ],
                     *                 "costMicroUsd": 1,
                     *                 "inputTokens": 1,
                     *                 "outputTokens": 1,
                     *                 "durationMs": {
                     *                   "mean": 1,
                     *                   "p50": 1,
                     *                   "p95": 1
                     *                 }
                     *               }
                     *             ],
                     *             "comparison": {
                     *               "a": 1,
                     *               "b": 1,
                     *               "cases": 1,
                     *               "difference": 1,
                     *               "low": 1,
                     *               "high": 1,
                     *               "wilcoxonP": 1,
                     *               "mcNemar": {
                     *                 "onlyA": 1,
                     *                 "onlyB": 1,
                     *                 "p": 1
                     *               },
                     *               "verdict": "better"
                     *             }
                     *           },
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "optimizationId": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "endedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ExperimentPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExperiment: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund questions",
                 *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                 *       "versions": [
                 *         1
                 *       ],
                 *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                 *       "evaluatorIds": [
                 *         "evr_0198c0de4a7b7c3e9f10223344556677"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateExperiment"];
            };
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
                content: {
                    /**
                     * @example {
                     *       "id": "exp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "versions": [
                     *         1
                     *       ],
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "revision": 1,
                     *           "config": {
                     *             "kind": "exact",
                     *             "ignoreCase": true,
                     *             "ignoreSpace": true
                     *           }
                     *         }
                     *       ],
                     *       "repetitions": 1,
                     *       "concurrency": 1,
                     *       "budgetMicroUsd": 1,
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "summary": {
                     *         "versions": [
                     *           {
                     *             "version": 1,
                     *             "runs": 1,
                     *             "failed": 1,
                     *             "score": 1,
                     *             "passRate": 1,
                     *             "evaluators": [
                     *               {
                     *                 "evaluatorId": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *                 "name": "Answer a customer",
                     *                 "scored": 1,
                     *                 "errors": 1,
                     *                 "mean": 1,
                     *                 "passRate": 1
                     *               }
                     *             ],
                     *             "costMicroUsd": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1,
                     *             "durationMs": {
                     *               "mean": 1,
                     *               "p50": 1,
                     *               "p95": 1
                     *             }
                     *           }
                     *         ],
                     *         "comparison": {
                     *           "a": 1,
                     *           "b": 1,
                     *           "cases": 1,
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "mcNemar": {
                     *             "onlyA": 1,
                     *             "onlyB": 1,
                     *             "p": 1
                     *           },
                     *           "verdict": "better"
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "optimizationId": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExperiment: {
        parameters: {
            path: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                experimentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "exp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "versions": [
                     *         1
                     *       ],
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "revision": 1,
                     *           "config": {
                     *             "kind": "exact",
                     *             "ignoreCase": true,
                     *             "ignoreSpace": true
                     *           }
                     *         }
                     *       ],
                     *       "repetitions": 1,
                     *       "concurrency": 1,
                     *       "budgetMicroUsd": 1,
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "summary": {
                     *         "versions": [
                     *           {
                     *             "version": 1,
                     *             "runs": 1,
                     *             "failed": 1,
                     *             "score": 1,
                     *             "passRate": 1,
                     *             "evaluators": [
                     *               {
                     *                 "evaluatorId": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *                 "name": "Answer a customer",
                     *                 "scored": 1,
                     *                 "errors": 1,
                     *                 "mean": 1,
                     *                 "passRate": 1
                     *               }
                     *             ],
                     *             "costMicroUsd": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1,
                     *             "durationMs": {
                     *               "mean": 1,
                     *               "p50": 1,
                     *               "p95": 1
                     *             }
                     *           }
                     *         ],
                     *         "comparison": {
                     *           "a": 1,
                     *           "b": 1,
                     *           "cases": 1,
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "mcNemar": {
                     *             "onlyA": 1,
                     *             "onlyB": 1,
                     *             "p": 1
                     *           },
                     *           "verdict": "better"
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "optimizationId": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteExperiment: {
        parameters: {
            path: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                experimentId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelExperiment: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                experimentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "exp_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "agentId": "agt_0198c0de4a7b7c3e9f10223344556677",
                     *       "versions": [
                     *         1
                     *       ],
                     *       "datasetId": "dst_0198c0de4a7b7c3e9f10223344556677",
                     *       "datasetRevision": 1,
                     *       "evaluators": [
                     *         {
                     *           "id": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *           "name": "Answer a customer",
                     *           "revision": 1,
                     *           "config": {
                     *             "kind": "exact",
                     *             "ignoreCase": true,
                     *             "ignoreSpace": true
                     *           }
                     *         }
                     *       ],
                     *       "repetitions": 1,
                     *       "concurrency": 1,
                     *       "budgetMicroUsd": 1,
                     *       "status": "running",
                     *       "progress": {
                     *         "done": 1,
                     *         "total": 1
                     *       },
                     *       "costMicroUsd": 1,
                     *       "summary": {
                     *         "versions": [
                     *           {
                     *             "version": 1,
                     *             "runs": 1,
                     *             "failed": 1,
                     *             "score": 1,
                     *             "passRate": 1,
                     *             "evaluators": [
                     *               {
                     *                 "evaluatorId": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *                 "name": "Answer a customer",
                     *                 "scored": 1,
                     *                 "errors": 1,
                     *                 "mean": 1,
                     *                 "passRate": 1
                     *               }
                     *             ],
                     *             "costMicroUsd": 1,
                     *             "inputTokens": 1,
                     *             "outputTokens": 1,
                     *             "durationMs": {
                     *               "mean": 1,
                     *               "p50": 1,
                     *               "p95": 1
                     *             }
                     *           }
                     *         ],
                     *         "comparison": {
                     *           "a": 1,
                     *           "b": 1,
                     *           "cases": 1,
                     *           "difference": 1,
                     *           "low": 1,
                     *           "high": 1,
                     *           "wilcoxonP": 1,
                     *           "mcNemar": {
                     *             "onlyA": 1,
                     *             "onlyB": 1,
                     *             "p": 1
                     *           },
                     *           "verdict": "better"
                     *         }
                     *       },
                     *       "error": {
                     *         "code": "text",
                     *         "message": "is not what it has to be"
                     *       },
                     *       "optimizationId": "opt_0198c0de4a7b7c3e9f10223344556677",
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "endedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExperimentResults: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example exp_0198c0de4a7b7c3e9f10223344556677 */
                experimentId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version": 1,
                     *           "repetition": 1,
                     *           "caseId": "case_0198c0de4a7b7c3e9f10223344556677",
                     *           "case": {
                     *             "input": "환불은 언제 되나요?",
                     *             "expectedOutput": "7일 안에 환불됩니다.",
                     *             "expectedToolCalls": [
                     *               {
                     *                 "name": "calculator",
                     *                 "arguments": {
                     *                   "expression": "2 * 21"
                     *                 }
                     *               }
                     *             ],
                     *             "metadata": {
                     *               "topic": "refund"
                     *             }
                     *           },
                     *           "executionId": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *           "status": "waiting",
                     *           "output": {},
                     *           "toolCalls": [
                     *             {
                     *               "name": "Answer a customer",
                     *               "arguments": {}
                     *             }
                     *           ],
                     *           "error": {
                     *             "code": "text",
                     *             "message": "is not what it has to be"
                     *           },
                     *           "costMicroUsd": 1,
                     *           "inputTokens": 1,
                     *           "outputTokens": 1,
                     *           "durationMs": 1,
                     *           "scores": [
                     *             {
                     *               "evaluatorId": "evr_0198c0de4a7b7c3e9f10223344556677",
                     *               "result": {
                     *                 "score": 1,
                     *                 "passed": true,
                     *                 "reason": "text"
                     *               },
                     *               "error": {
                     *                 "code": "text",
                     *                 "message": "is not what it has to be"
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ExperimentResultPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addMember: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMember: {
        parameters: {
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMember: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example usr_0198c0de4a7b7c3e9f10223344556677 */
                memberId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMemory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @example user */
                scope?: "agent" | "project" | "thread" | "user";
                /**
                 * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
                 * @example ada
                 */
                owner?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "scope": "user",
                     *           "owner": "ada",
                     *           "key": "favourite-food",
                     *           "value": {
                     *             "dish": "비빔밥",
                     *             "spicy": true
                     *           },
                     *           "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *           "source": "agent",
                     *           "writtenBy": "text",
                     *           "revision": 1,
                     *           "expiresAt": "2026-01-02T03:04:05.678Z",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["MemoryPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchMemory: {
        parameters: {
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "user",
                 *       "owner": "ada",
                 *       "query": "무슨 음식을 좋아해요?"
                 *     }
                 */
                "application/json": components["schemas"]["SearchMemory"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "score": 1,
                     *           "memory": {
                     *             "scope": "user",
                     *             "owner": "ada",
                     *             "key": "favourite-food",
                     *             "value": {
                     *               "dish": "비빔밥",
                     *               "spicy": true
                     *             },
                     *             "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *             "source": "agent",
                     *             "writtenBy": "text",
                     *             "revision": 1,
                     *             "expiresAt": "2026-01-02T03:04:05.678Z",
                     *             "createdAt": "2026-01-02T03:04:05.678Z",
                     *             "updatedAt": "2026-01-02T03:04:05.678Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FoundMemory"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgetMemoryOwner: {
        parameters: {
            path: {
                /** @example user */
                scope: "agent" | "project" | "thread" | "user";
                /**
                 * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
                 * @example ada
                 */
                owner: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMemory: {
        parameters: {
            path: {
                /** @example user */
                scope: "agent" | "project" | "thread" | "user";
                /**
                 * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
                 * @example ada
                 */
                owner: string;
                /** @example favourite-food */
                key: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "scope": "user",
                     *       "owner": "ada",
                     *       "key": "favourite-food",
                     *       "value": {
                     *         "dish": "비빔밥",
                     *         "spicy": true
                     *       },
                     *       "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *       "source": "agent",
                     *       "writtenBy": "text",
                     *       "revision": 1,
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Memory"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    writeMemory: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example user */
                scope: "agent" | "project" | "thread" | "user";
                /**
                 * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
                 * @example ada
                 */
                owner: string;
                /** @example favourite-food */
                key: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": {
                 *         "dish": "비빔밥",
                 *         "spicy": true
                 *       },
                 *       "expiresInS": 2592000
                 *     }
                 */
                "application/json": components["schemas"]["WriteMemory"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "scope": "user",
                     *       "owner": "ada",
                     *       "key": "favourite-food",
                     *       "value": {
                     *         "dish": "비빔밥",
                     *         "spicy": true
                     *       },
                     *       "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *       "source": "agent",
                     *       "writtenBy": "text",
                     *       "revision": 1,
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Memory"];
                };
            };
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "scope": "user",
                     *       "owner": "ada",
                     *       "key": "favourite-food",
                     *       "value": {
                     *         "dish": "비빔밥",
                     *         "spicy": true
                     *       },
                     *       "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *       "source": "agent",
                     *       "writtenBy": "text",
                     *       "revision": 1,
                     *       "expiresAt": "2026-01-02T03:04:05.678Z",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Memory"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMemory: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example user */
                scope: "agent" | "project" | "thread" | "user";
                /**
                 * @description Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`
                 * @example ada
                 */
                owner: string;
                /** @example favourite-food */
                key: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Checkout"
                 *     }
                 */
                "application/json": components["schemas"]["CreateOrganization"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "org_0198c0de4a7b7c3e9f10223344556677",
                     *       "name": "Answer a customer",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "project": {
                     *         "id": "prj_0198c0de4a7b7c3e9f10223344556677",
                     *         "name": "Answer a customer",
                     *         "createdAt": "2026-01-02T03:04:05.678Z"
                     *       },
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
                    "application/json": components["schemas"]["CreatedOrganization"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProject: {
        parameters: {
            path: {
                /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
                projectId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example prj_0198c0de4a7b7c3e9f10223344556677 */
                projectId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getQuotas: {
        parameters: {
        };
        responses: {
            /** @description Limits by name. `policies`: those that hold; `allowed`: what the operator allows; `chosen`: what the organization has chosen within that */
            200: {
                content: {
                    /**
                     * @example {
                     *       "policies": {},
                     *       "allowed": {},
                     *       "chosen": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Quotas"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chooseQuotas: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "policies": {}
                 *     }
                 */
                "application/json": components["schemas"]["ChooseQuotas"];
            };
        };
        responses: {
            /** @description Limits by name. `policies`: those that hold; `allowed`: what the operator allows; `chosen`: what the organization has chosen within that */
            200: {
                content: {
                    /**
                     * @example {
                     *       "policies": {},
                     *       "allowed": {},
                     *       "chosen": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Quotas"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderRun: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
                /**
                 * @description `wait=n`: answer when the run has ended, after n seconds at the latest; `respond-async`: answer at once. What the body says counts more
                 * @example wait=10
                 */
                prefer?: string;
            };
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
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveRunEffect: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followRunV2: {
        parameters: {
            header?: {
                "last-event-id"?: string;
            };
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description Server-sent events, each with an `event`, JSON as its `data`, and mostly an `id` */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainRun: {
        parameters: {
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signalRun: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forkRun: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayRun: {
        parameters: {
            path: {
                /** @example run_0198c0de4a7b7c3e9f10223344556677 */
                runId: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRunFromFailed: {
        parameters: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderRuns: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createServicePrincipal: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServicePrincipal: {
        parameters: {
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableServicePrincipal: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableServicePrincipal: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
            path: {
                /** @example svc_0198c0de4a7b7c3e9f10223344556677 */
                servicePrincipalId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listThreads: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *           "title": "text",
                     *           "metadata": {},
                     *           "createdBy": "text",
                     *           "createdAt": "2026-01-02T03:04:05.678Z",
                     *           "updatedAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ThreadPage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createThread: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Order 7",
                 *       "metadata": {
                 *         "customer": "c-17"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateThread"];
            };
        };
        responses: {
            /** @description Created: `location` says where it is */
            201: {
                content: {
                    /**
                     * @example {
                     *       "id": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "title": "text",
                     *       "metadata": {},
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getThread: {
        parameters: {
            path: {
                /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
                threadId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "title": "text",
                     *       "metadata": {},
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z",
                     *       "summary": {
                     *         "text": "주문한 상품은 이틀 안에 도착합니다.",
                     *         "upToPosition": 1,
                     *         "isUntrusted": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ThreadDetail"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteThread: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
                threadId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateThread: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
                threadId: string;
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Order 7",
                 *       "metadata": {
                 *         "customer": "c-17"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["UpdateThread"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "id": "thr_0198c0de4a7b7c3e9f10223344556677",
                     *       "title": "text",
                     *       "metadata": {},
                     *       "createdBy": "text",
                     *       "createdAt": "2026-01-02T03:04:05.678Z",
                     *       "updatedAt": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listThreadMessages: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            path: {
                /** @example thr_0198c0de4a7b7c3e9f10223344556677 */
                threadId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 1,
                     *           "role": "user",
                     *           "content": "text",
                     *           "isUntrusted": true,
                     *           "executionId": "exe_0198c0de4a7b7c3e9f10223344556677",
                     *           "createdAt": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ThreadMessagePage"];
                };
            };
            /** @description What went wrong, and what to do about it */
            default: {
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
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            header?: {
                /**
                 * @description Makes it safe to send the request again: the same key with the same request is done once and answered alike for 24 hours
                 * @example 9f1c2a7e-4b0d-4f3a-8f57-2f6f0e3c1d11
                 */
                "idempotency-key"?: string;
            };
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
        };
        responses: {
            /** @description Done; there is nothing to tell */
            204: {
            };
            /** @description What went wrong, and what to do about it */
            default: {
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            header?: {
                /**
                 * @description `ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)
                 * @example "3"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
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
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            path: {
                /** @example whe_0198c0de4a7b7c3e9f10223344556677 */
                endpointId: string;
                /** @example whd_0198c0de4a7b7c3e9f10223344556677 */
                deliveryId: string;
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
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
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
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
        };
        responses: {
            /** @description Accepted: what was asked for is done after this answer */
            202: {
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
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
