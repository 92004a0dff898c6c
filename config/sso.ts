/** The provider of single sign-on, by OpenID Connect. */
export interface SsoSettings {
  /** Where its configuration is found; exactly as the provider itself writes it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people know it as. */
  readonly name: string;
}
