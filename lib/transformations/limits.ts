/** Processor time of one run, reading the event and writing the result included. */
export const MAX_CPU_MS = 500;
/** All the memory the sandbox has: the engine, its stack, and what the code makes. */
export const MAX_MEMORY_BYTES = 48 * 1_024 * 1_024;
/** Calls inside calls, as bytes of the sandbox's own stack. */
export const MAX_STACK_BYTES = 192 * 1_024;
/** The data a transformation may return: as much as an event may have. */
export const MAX_OUTPUT_BYTES = 1_024 * 1_024;
/** Arrays and objects inside each other, in what it returns: as deep as an event may be. */
export const MAX_OUTPUT_DEPTH = 512;
/** Of a message that the code throws, so much is kept. */
export const MAX_MESSAGE_LENGTH = 500;
