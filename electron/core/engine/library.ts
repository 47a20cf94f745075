/** The one door to the native package: whoever needs it imports it from here. */
export * from 'randomx-native-prebuilt';
