package io.mcpcrew.runtime.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Provider;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who computes signatures: BoringSSL where it runs, which takes an eighth of the JDK's time, else
/// the JDK. Both know each other's, and intent-stream signs each turn on its stream thread.
final class Signatures {
  private static final Logger LOGGER = LoggerFactory.getLogger(Signatures.class);
  private static final @Nullable Provider FAST = fast();

  private Signatures() {}

  private static @Nullable Provider fast() {
    try {
      return Conscrypt.newProvider();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError notOnThisMachine) {
      LOGGER
          .atInfo()
          .addKeyValue("cause", notOnThisMachine.toString())
          .log("the JDK signs tokens; BoringSSL does not run on this machine");
      return null;
    }
  }

  static ECDSASigner signer(ECKey key) throws JOSEException {
    return signer(key, FAST);
  }

  static ECDSAVerifier verifier(ECKey key) throws JOSEException {
    return verifier(key, FAST);
  }

  /// A key in a form that is not the provider's own is read anew for each signature, which takes as
  /// long as signing.
  ///
  /// @param provider null: the JDK's
  static ECDSASigner signer(ECKey key, @Nullable Provider provider) throws JOSEException {
    var signer = new ECDSASigner(inFormOf(provider, key.toECPrivateKey()), key.getCurve());
    signer.getJCAContext().setProvider(provider);
    return signer;
  }

  static ECDSAVerifier verifier(ECKey key, @Nullable Provider provider) throws JOSEException {
    var verifier = new ECDSAVerifier(inFormOf(provider, key.toECPublicKey()));
    verifier.getJCAContext().setProvider(provider);
    return verifier;
  }

  private static <K extends Key> K inFormOf(@Nullable Provider provider, K key)
      throws JOSEException {
    if (provider == null) {
      return key;
    }
    try {
      @SuppressWarnings("unchecked") // a private key stays one, and so does a public one
      K own = (K) KeyFactory.getInstance("EC", provider).translateKey(key);
      return own;
    } catch (GeneralSecurityException e) {
      throw new JOSEException("a key cannot be read", e);
    }
  }
}
