package io.mcpcrew.runtime.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SignaturesTest {

  @Test
  void what_one_signs_the_other_verifies_and_neither_takes_another_keys() throws Exception {
    var key = new ECKeyGenerator(Curve.P_256).generate();
    var another = new ECKeyGenerator(Curve.P_256).generate();
    for (ECDSASigner signer :
        new ECDSASigner[] {Signatures.signer(key), Signatures.signer(key, null)}) {
      var claims = new JWTClaimsSet.Builder().subject("loja/chatwoot-7#3").build();
      var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
      jwt.sign(signer);

      assertThat(jwt.verify(Signatures.verifier(key))).isTrue();
      assertThat(jwt.verify(Signatures.verifier(key, null))).isTrue();
      assertThat(jwt.verify(Signatures.verifier(another))).isFalse();
      assertThat(jwt.verify(Signatures.verifier(another, null))).isFalse();
    }
  }
}
