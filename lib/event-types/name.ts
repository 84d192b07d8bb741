/** What an event type may be called, wherever one is named. */
export const EVENT_TYPE_NAME = /^[A-Za-z0-9_.-]{1,128}$/;
