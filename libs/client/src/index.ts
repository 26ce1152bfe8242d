export { type Client, createClient, DureProblem, type Problem, readAnswer } from './client.ts'
