import { configure } from '@testing-library/dom';
import { PATIENCE_MS } from '../../support/patience.ts';

configure({ asyncUtilTimeout: PATIENCE_MS });

// In development React notes where each element was made, as deep as this says: a fifth of the time.
Error.stackTraceLimit = 10;
