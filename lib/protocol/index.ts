import './no-eval';

export * from './avatar-hues';
export * from './error-codes';
export * from './events';
export * from './operator';
export * from './our-response';
export * from './requests';
export * from './version';
export * from './views';
export * from './visible-text';
