// Starts the check of definitions in a page under development, before anything of Latchkey acts.
import { watchers } from '../create.ts'
import { startOverlay } from '../doctor/overlay.ts'

watchers.add(startOverlay())
