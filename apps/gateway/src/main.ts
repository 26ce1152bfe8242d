import { loadConfig, serve } from '@dure/platform'
import { createApp } from './app.ts'
import { Config } from './config.ts'

const config = loadConfig(Config)
await serve(await createApp(config), config)
