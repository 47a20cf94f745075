/** Changes a part of the store: its new members, or how they are made of the old ones. */
export type SetState<Part> = (change: Partial<Part> | ((state: Part) => Partial<Part>)) => void;
