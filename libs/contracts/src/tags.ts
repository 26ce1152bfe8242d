/**
 * The headings under which the operations of all services are read, and what each is about. A route
 * with a tag that is not here is found by the linters of `npm run openapi`.
 */
export const TAGS: Readonly<Record<string, string>> = {
  aliases: 'Names that point to a version of a workflow, or to two of them by weight',
  analytics: 'What was used, and what it cost',
  'api-keys': 'Keys of clients: what they may do, until when, and their rotation',
  approvals: 'Decisions that a run waits for',
  'audit-logs': 'Who changed what, in a chain that shows when something was taken out',
  'dead letters': 'Messages that could not be handled, and what became of them',
  hooks: 'Deliveries of other systems that start runs; the secret is in the URL',
  knowledge: 'Documents, how they are read and cut, and the search in them',
  members: 'People who belong to an organization, and their roles',
  mcp: 'Published workflows as tools of the Model Context Protocol',
  models: 'Language models that nodes can use',
  'node types': 'What a workflow can be made of',
  openai: 'Published workflows for clients of the OpenAI API',
  organizations: 'Organizations, their projects, their members and what these may do',
  quotas: 'How much an organization may use, and how much it has used',
  runs: 'Executions of workflows: to start, follow, stop, repeat and examine',
  secrets: 'Values that a connector may use and nobody can read',
  'service-principals': 'Programs that act in an organization as themselves, not as a person',
  triggers: 'Schedules, webhooks and events that start runs',
  variables: 'Values that workflows read by name',
  webhooks: 'Where Dure delivers news to, signed and repeated until it arrives',
  workflows: 'Drafts, versions and what is published',
}
