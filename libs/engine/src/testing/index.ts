export { type Played, playGraph } from './play.ts'
