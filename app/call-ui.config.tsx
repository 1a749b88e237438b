import type { CallComponentOverrides } from '@parley/call-kit';

/**
 * The one file to edit when calls should look or behave differently here.
 *
 * Each slot takes a component with the props that lib/call-ui/slots.ts gives it: `IncomingCallProps`
 * for `IncomingCall` and so on, `CallButtonViewProps` for `CallButton`. `null` hides that part and what
 * would lead to it; a slot left out shows Parley's own. Colours and shapes need no component: set the custom properties
 * `--call-accept`, `--call-danger`, `--call-accent`, `--call-surface`, `--call-stage`, `--call-tile`,
 * `--call-text`, `--call-radius` and `--call-font` in app/globals.css, under `:root, [data-theme]`.
 *
 * @example
 * export const callUi: CallComponentOverrides = {
 *   IncomingCall: ({ caller, acceptProps, declineProps }) => (
 *     <div>
 *       {caller.displayName} calls <button {...acceptProps}>Accept</button>
 *       <button {...declineProps}>Decline</button>
 *     </div>
 *   ),
 *   ConnectionBanner: null,
 * };
 */
export const callUi: CallComponentOverrides = {};
