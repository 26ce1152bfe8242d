export { type Played, playGraph } from './play.ts'
export type { StoreUnderTest } from './store-contract/fixture.ts'
export { runStoreContract } from './store-contract/store-contract.ts'
