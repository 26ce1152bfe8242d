// The `generate` script of an app: makes its Prisma client, in the folder that it is called from.
import { generateClient } from './dev/src/prisma-clients.ts'

await generateClient(process.cwd())
