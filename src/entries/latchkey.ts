// Entry `latchkey`: the widget, its field definition and the `rest` backend.
export { rest } from '../backends/rest.ts'
export type { Client, MetadataUpdate } from '../client/client.ts'
export type { Environment } from '../client/environment.ts'
export type { Backend } from '../contract/backend.ts'
export type { Code } from '../contract/codes.ts'
export { type Conflict, isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
export type { Issue, Issues } from '../contract/issues.ts'
export type { Identity, Profile, VersionedProfile } from '../contract/profile.ts'
export { createLatchkey, type Latchkey } from '../create.ts'
export type { LatchkeyOptions, ScreenOptions } from '../create-options.ts'
export { defineFields } from '../fields/define.ts'
export type { FieldDefinition, OptionDefinitions, OptionsContext, ValuesContext } from '../fields/definition.ts'
export type { Fields } from '../fields/field.ts'
export type { InferMetadata } from '../fields/infer.ts'
export type { Messages } from '../i18n/messages.ts'
export type { LatchkeyEvents } from '../state/events.ts'
export type { ScreenName } from '../state/screens.ts'
export type { Session } from '../state/session.ts'
export type {
  CustomControl,
  CustomControlContext,
  CustomControlHandle,
  CustomControlState,
  CustomControls,
} from '../ui/custom-controls.ts'
