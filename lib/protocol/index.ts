export * from './error-codes';
export * from './events';
export * from './requests';
export * from './views';
